"""What the touch screen reads: everything that can be found by touch, a guide for whoever stands in the hall, a code."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from channels.kiosk.finding import READ_FIRST
from tests.channels.web.conftest import Knock, refused
from tests.fakes import EAST
from tests.scenario_town import SharedScenarioShelf
from tests.town_house import TownHouse

DOG = "dog-register"


@pytest.fixture
def town(tmp_path: Path) -> TownHouse:
    return TownHouse(tmp_path, shelf=SharedScenarioShelf)


@pytest.fixture
def http(town: TownHouse, knock: Knock) -> httpx.AsyncClient:
    return knock(town)


async def test_every_guide_and_life_event_is_found_by_touch(http: httpx.AsyncClient, town: TownHouse) -> None:
    offered = (await http.get("/api/kiosk/find")).json()
    library = town.house.hall.library()
    found = [each["guide_id"] for theme in offered["themes"] for each in theme["guides"]]
    assert sorted(found) == sorted(each for each in library.guide_ids if library.guide(each))
    assert {each["scenario_id"] for each in offered["scenarios"]} == {
        each.id for each in town.house.hall.scenarios.all()
    }
    assert offered["popular"]


class TestAGuide:
    async def test_it_says_what_to_bring_where_what_it_costs_and_how_long(self, http: httpx.AsyncClient) -> None:
        guide = (await http.get(f"/api/kiosk/guides/{DOG}")).json()
        aspects = [each["aspect"] for each in guide["sections"]]
        assert aspects == [each.value for each in READ_FIRST if each.value in aspects]
        assert "materials" in aspects and "location" in aspects
        [where] = [each for each in guide["sections"] if each["aspect"] == "location"]
        assert all(each["address"] and each["hours"] for each in where["offices"])

    async def test_every_sentence_of_it_stands_in_the_guide(self, http: httpx.AsyncClient, town: TownHouse) -> None:
        guide = town.house.hall.library().guide(DOG)
        assert guide is not None
        told = (await http.get(f"/api/kiosk/guides/{DOG}")).json()
        says = {statement.says for statement in guide.statements}
        lines = {line["says"] for section in told["sections"] for line in section["lines"]}
        assert lines | set(told["minded"]) <= says and lines

    async def test_each_text_is_named_once_with_its_articles(self, http: httpx.AsyncClient) -> None:
        named = (await http.get(f"/api/kiosk/guides/{DOG}")).json()["sources"]
        titles = [each.rpartition("》")[0] for each in named]
        assert len(titles) == len(set(titles))

    async def test_it_comes_in_the_language_of_the_screen(self, http: httpx.AsyncClient) -> None:
        headings = {}
        for lang in ("zh-Hans", "zh-Hant", "en"):
            guide = (await http.get(f"/api/kiosk/guides/{DOG}?lang={lang}")).json()
            assert guide["guide_id"] == DOG
            headings[lang] = guide["sections"][0]["heading"]
        assert headings == {"zh-Hans": "要带什么材料", "zh-Hant": "要帶什麼材料", "en": "What to bring"}

    async def test_what_there_is_not_is_refused(self, http: httpx.AsyncClient) -> None:
        refused(await http.get("/api/kiosk/guides/nothing"), 404, "unknown_guide")
        refused(await http.get(f"/api/kiosk/guides/{DOG}?region=1"), 422, "unknown_region")


class TestTheCode:
    async def test_it_leads_to_a_page_of_ours(self, http: httpx.AsyncClient) -> None:
        guide = (await http.get(f"/api/kiosk/guides/{DOG}?region={EAST}")).json()
        assert guide["path"] == f"/guides/{DOG}?region={EAST}"
        drawn = await http.get(guide["qr_url"])
        assert drawn.status_code == 200 and drawn.headers["content-type"] == "image/svg+xml"
        assert (await http.get(guide["path"])).status_code == 200

    @pytest.mark.parametrize(
        "path",
        [
            "https://elsewhere.example/guides/x",
            "//elsewhere.example/guides/x",
            "@elsewhere.example/guides/x",
            "/guides/x\n",
            "/guides/../chat",
            "/chat?q=确定",
            "/guides/" + "a" * 100,
            "",
        ],
    )
    async def test_to_nothing_else(self, http: httpx.AsyncClient, path: str) -> None:
        refused(await http.get(f"/api/kiosk/qr.svg?path={quote(path, safe='')}"), 422, "invalid_input")
