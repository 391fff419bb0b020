"""The guides as pages: read, linked to, found and printed without a script; whatever stands in them stays text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from knowledge_base.model import Aspect
from server.settings import ROOT
from service_hall.conversation.message import SCENARIO, command_payload
from service_hall.conversation.reply import ask_payload
from tests.channels.web.conftest import Knock, refused
from tests.fakes import EAST
from tests.scenario_town import SharedScenarioShelf
from tests.town_house import TownHouse
from tests.visit_town import LOST

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def town(tmp_path: Path) -> TownHouse:
    return TownHouse(tmp_path, shelf=SharedScenarioShelf)


@pytest.fixture
def http(town: TownHouse, knock: Knock) -> httpx.AsyncClient:
    return knock(town)


def structured(page: str) -> dict[str, Any]:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    read: dict[str, Any] = json.loads(data)
    return read


class TestWhatLeadsOn:
    """A tap says what it means: a name may be understood as something else."""

    async def test_a_life_event_begins(self, http: httpx.AsyncClient) -> None:
        page = unescape((await http.get("/scenarios/keep-a-dog")).text)
        assert f'data-payload="{command_payload(SCENARIO, guide_id="keep-a-dog")}"' in page

    async def test_a_guide_is_booked_and_asked_on_about(self, http: httpx.AsyncClient) -> None:
        page = unescape((await http.get(f"/guides/{LOST}")).text)
        assert f'data-payload="{command_payload("book", guide_id=LOST)}"' in page
        assert f'data-payload="{ask_payload(Aspect.OVERVIEW, LOST)}"' in page

    async def test_no_booking_is_offered_where_no_office_has_a_line(
        self, http: httpx.AsyncClient, town: TownHouse
    ) -> None:
        library = town.house.hall.library()
        unlined = [
            each
            for each in library.guide_ids
            if not any(office.line_of(each) for office in library.offices_for(each, library.home))
        ]
        for guide_id in unlined:
            assert "预约办理" not in (await http.get(f"/guides/{guide_id}")).text


class TestAGuide:
    async def test_each_statement_stands_once_at_its_own_anchor(self, http: httpx.AsyncClient, town: TownHouse) -> None:
        page = (await http.get("/guides/dog-register")).text
        library = town.house.hall.library()
        guide = library.guide("dog-register")
        assert guide is not None
        for statement in guide.statements:
            assert page.count(f'id="{statement.id}"') == 1
            assert statement.says in unescape(page)

    async def test_no_two_elements_have_one_id(self, http: httpx.AsyncClient) -> None:
        page = (await http.get("/guides/dog-register")).text
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))

    async def test_whatever_it_leads_to_is_there(self, http: httpx.AsyncClient) -> None:
        page = (await http.get("/guides/dog-register")).text
        ids = set(re.findall(r'\sid="([^"]+)"', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
        for path in set(re.findall(r'href="(/(?:guides|scenarios|chat)[^"#]*)', page)):
            assert (await http.get(unescape(path))).status_code == 200, path

    async def test_it_is_read_for_the_region_that_was_chosen(self, http: httpx.AsyncClient) -> None:
        page = (await http.get(f"/guides/dog-register?region={EAST}")).text
        assert f'value="{EAST}" selected' in page
        assert f"/guides/dog-register?region={EAST}" in re.findall(r'rel="canonical" href="([^"]+)"', page)[0]
        refused(await http.get("/guides/dog-register?region=1"), 422, "unknown_region")

    async def test_search_engines_read_what_it_is(self, http: httpx.AsyncClient) -> None:
        data = structured((await http.get("/guides/dog-register")).text)
        assert (data["@type"], data["name"]) == ("GovernmentService", "犬只登记")
        assert data["url"].endswith("/guides/dog-register")
        assert data["availableChannel"][0]["serviceLocation"]["telephone"]

    async def test_it_needs_no_script(self, http: httpx.AsyncClient) -> None:
        page = (await http.get("/guides/dog-register")).text
        assert not re.search(r"<script(?! type=.application/ld)(?![^>]*\bsrc=)", page)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)

    async def test_one_that_there_is_not_is_refused(self, http: httpx.AsyncClient) -> None:
        refused(await http.get("/guides/nothing"), 404, "unknown_guide")


class TestInTraditionalCharacters:
    async def test_all_of_it_is_and_it_stays_so_on_the_next_page(self, http: httpx.AsyncClient) -> None:
        first = await http.get("/guides/dog-register?lang=zh-Hant")
        assert '<html lang="zh-Hant">' in first.text and "犬隻登記" in first.text and "犬只登记" not in first.text
        assert structured(first.text)["inLanguage"] == "zh-Hant"
        assert "登記" in (await http.get("/guides")).text
        assert "登记" in (await http.get("/guides?lang=zh-Hans")).text
        assert "登记" in (await http.get("/guides?lang=xx")).text

    async def test_its_links_lead_where_those_of_the_other_lead(self, http: httpx.AsyncClient) -> None:
        pages = [(await http.get(f"/guides/dog-register?lang={each}")).text for each in ("zh-Hans", "zh-Hant")]
        one, other = ([each for each in re.findall(r'href="([^"]+)"', page) if "bundles" not in each] for page in pages)
        assert one == other


class TestTheMenuOfLanguages:
    async def test_stays_on_this_site_whatever_the_address(self, http: httpx.AsyncClient) -> None:
        for path in ("//evil.test/x", "/%5Cevil.test/x", "/guides?theme=//evil.test"):
            page = (await http.get(f"http://hall.test{path}", headers={"Accept": "text/html"})).text
            links = [unescape(each) for each in re.findall(r'href="([^"]+)"', page) if "lang=" in each]
            assert len(links) == 3 and all(each.startswith("?") for each in links)


class TestLeafingAndFinding:
    async def test_every_guide_stands_under_its_theme(self, http: httpx.AsyncClient, town: TownHouse) -> None:
        page = (await http.get("/guides")).text
        for guide_id in town.house.hall.library().guide_ids:
            assert f'href="/guides/{guide_id}"' in page
        themes = re.findall(r'href="(/guides\?theme=[^"]+)"', page)
        assert themes
        for theme in themes:
            assert (await http.get(theme)).status_code == 200
        refused(await http.get("/guides?theme=x"), 404, "unknown_theme")

    async def test_a_search_leads_to_the_guide(self, http: httpx.AsyncClient) -> None:
        page = await http.get("/search", params={"q": "犬只登记"})
        assert 'href="/guides/dog-register"' in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "没有找到" in (await http.get("/search", params={"q": "天上的云"})).text
        refused(await http.get("/search", params={"q": "办" * 1001}), 422, "bad_query")

    async def test_what_was_typed_stays_text(self, http: httpx.AsyncClient) -> None:
        page = (await http.get("/search", params={"q": '"><script>alert(1)</script>'})).text
        assert "<script>alert" not in page

    async def test_every_scenario_is_listed_and_read(self, http: httpx.AsyncClient) -> None:
        listed = (await http.get("/scenarios")).text
        assert 'href="/scenarios/keep-a-dog"' in listed
        page = (await http.get("/scenarios/keep-a-dog")).text
        assert structured(page)["@type"] == "HowTo"
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))


class TestWhatIsNotThere:
    @pytest.mark.parametrize("path", ["/nothing", "/guides/nothing", "/scenarios/nothing", "/checklists/nobodyhasthis"])
    async def test_whoever_reads_is_told_in_plain_words_with_ways_on(self, http: httpx.AsyncClient, path: str) -> None:
        page = await http.get(path, headers=BROWSER)
        assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")
        assert page.headers["cache-control"] == "no-store"
        assert 'action="/search"' in page.text and 'href="/guides"' in page.text and "tel:" in page.text
        refused(await http.get(path), 404)

    async def test_programs_are_told_as_programs(self, http: httpx.AsyncClient) -> None:
        refused(await http.get("/api/nothing", headers=BROWSER), 404)
        refused(await http.post("/nothing", headers=BROWSER), 404)


class TestAQuestionThatAnAddressCarries:
    async def test_the_conversation_gets_it(self, http: httpx.AsyncClient) -> None:
        response = await http.get("/", params={"q": "身份证&丢了"})
        assert response.status_code == 302
        assert httpx.URL(response.headers["location"]).params["q"] == "身份证&丢了"
        assert httpx.URL(response.headers["location"]).path == "/chat"


async def test_what_a_guide_brings_stays_text_and_only_web_addresses_are_links(
    http: httpx.AsyncClient, town: TownHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = '</script><img src=x onerror="alert(1)">\'&'
    library = town.house.hall.library()
    guide = library.guide("dog-register")
    assert guide is not None
    statements = tuple(each.model_copy(update={"says": attack}) for each in guide.statements)
    evil = guide.model_copy(update={"name": attack, "theme": attack, "aliases": (attack,), "statements": statements})
    sources = {
        key: each.model_copy(update={"title": attack, "url": "javascript:alert(1)"})
        for key, each in library.published.sources.items()
    }
    monkeypatch.setattr(library, "published", replace(library.published, sources=sources))
    monkeypatch.setattr(library, "guide", lambda *_: evil)
    monkeypatch.setattr(library, "state_of", lambda _: None)
    page = (await http.get("/guides/dog-register")).text
    assert "<img" not in page and "javascript:" not in page
    assert page.count("</script>") == page.count("<script")
    assert structured(page)["name"] == attack


def test_the_lanes_name_what_there_is() -> None:
    from channels.web.lanes import LANES, lanes

    content = Path(ROOT, "knowledge_base/content")
    scenarios = {path.stem for path in content.glob("scenarios/*.yml")}
    guides = {path.stem for path in content.glob("guides/*/*.yml")}
    assert len(lanes()) == 6, LANES
    for lane in lanes():
        assert set(lane["scenarios"]) <= scenarios
        assert set(lane["guides"]) <= guides


def test_no_id_of_the_page_s_own_can_be_a_statement_s() -> None:
    """A statement may be called anything but `_…`; emergency is one."""
    for name in ("page", "guide", "scenario", "search_box", "languages", "emergency"):
        template = Path(ROOT, "channels/web/templates", f"{name}.html").read_text("utf-8")
        own = [each for each in re.findall(r'\sid="([^"]+)"', template) if not each.startswith("{{")]
        assert all(each.startswith("_") for each in own), (name, own)


async def test_search_engines_find_every_guide_and_nothing_of_one_person(
    http: httpx.AsyncClient, town: TownHouse
) -> None:
    robots = (await http.get("/robots.txt")).text
    [address] = re.findall(r"^Sitemap: (.+)$", robots, re.MULTILINE)
    listed = re.findall(r"<loc>([^<]+)</loc>", (await http.get(httpx.URL(address).path)).text)
    paths = [httpx.URL(each).path for each in listed]
    assert {f"/guides/{each}" for each in town.house.hall.library().guide_ids} <= set(paths)
    assert "/scenarios/keep-a-dog" in paths
    closed = re.findall(r"^Disallow: (.+)$", robots, re.MULTILINE)
    assert "/checklists/" in closed and not any(path.startswith(tuple(closed)) for path in paths)
    for path in paths:
        assert (await http.get(path)).status_code == 200, path
