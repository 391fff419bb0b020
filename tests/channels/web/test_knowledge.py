"""`/api/knowledge`: search, suggestions, guides and open data, for whoever asks."""

from __future__ import annotations

import csv
import io
import json
import logging
import threading
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from channels.web.knowledge import MOST_SUGGESTIONS
from knowledge_base.library import Library
from knowledge_base.search.find import Decision, NotFound
from tests.channels.web.conftest import refused

KNOWLEDGE = "/api/knowledge"
IDENTITY = "110101199003078515"


async def get(http: httpx.AsyncClient, path: str, **asked: Any) -> dict[str, Any]:
    response = await http.get(KNOWLEDGE + path, params=asked)
    assert response.status_code == 200, response.text
    answered: dict[str, Any] = response.json()
    return answered


class TestSearch:
    async def test_a_clear_question_finds_its_guide_first(self, http: httpx.AsyncClient) -> None:
        found = await get(http, "/search", q="借书证丢了怎么补办")
        assert set(found) == {"decision", "aspect", "hits", "took_ms"}
        assert (found["decision"], found["aspect"]) == ("answer", "procedure")
        assert set(found["hits"][0]) == {"guide_id", "guide_name", "score", "text"}
        assert found["hits"][0]["guide_id"] == "library-card-lost"
        assert found["hits"][0]["guide_name"] == "借书证丢失补办"

    async def test_hits_are_one_a_guide_and_best_first(self, http: httpx.AsyncClient) -> None:
        hits = (await get(http, "/search", q="借书证", limit=50))["hits"]
        assert len({hit["guide_id"] for hit in hits}) == len(hits)
        assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)

    async def test_the_limit_holds(self, http: httpx.AsyncClient) -> None:
        assert len((await get(http, "/search", q="借书证", limit=1))["hits"]) == 1
        assert len((await get(http, "/search", q="借书证"))["hits"]) <= 5

    async def test_what_no_hall_does_is_not_found(self, http: httpx.AsyncClient) -> None:
        assert (await get(http, "/search", q="明天下雨吗"))["decision"] == "not_found"

    @pytest.mark.parametrize("q", ["'; DROP TABLE guides;--", "<b>", "😀", "\x00", "%", "。。。", "a" * 1000])
    async def test_no_question_is_too_odd(self, http: httpx.AsyncClient, q: str) -> None:
        assert (await get(http, "/search", q=q))["decision"] in ("answer", "clarify", "not_found")

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"q": ""},
            {"q": "  "},
            {"q": "长" * 1001},
            {"q": "狗证", "limit": 0},
            {"q": "狗证", "limit": 51},
            {"q": "狗证", "limit": "many"},
            {"q": "狗证", "region": "nowhere"},
        ],
        ids=lambda asked: repr(asked)[:40],
    )
    async def test_what_cannot_be_searched_is_refused(self, http: httpx.AsyncClient, asked: dict[str, Any]) -> None:
        refused(await http.get(f"{KNOWLEDGE}/search", params=asked), 422)


@pytest.mark.parametrize(("path", "name"), [("/search", "q"), ("/suggest", "prefix")])
async def test_what_is_typed_stands_in_no_log_of_ours(
    http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, path: str, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    await get(http, path, **{name: f"{IDENTITY}借书证"})
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert [said for said in ours if IDENTITY in said or "借书证" in said] == []


async def test_the_library_remembers_nobodys_number(http: httpx.AsyncClient) -> None:
    asked: list[str] = []

    def find(_: Library, question: str) -> Decision:
        asked.append(question)
        return NotFound(())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "find", find)
        await get(http, "/search", q=f"我的{IDENTITY}，借书证丢了")
    assert asked and IDENTITY not in asked[0] and "借书证丢了" in asked[0]


class TestSuggest:
    async def test_what_is_typed_is_completed(self, http: httpx.AsyncClient) -> None:
        suggestions = (await get(http, "/suggest", prefix="借书证"))["suggestions"]
        assert suggestions
        assert len(suggestions) <= MOST_SUGGESTIONS
        assert all("借书证" in suggestion for suggestion in suggestions)
        assert suggestions[0].startswith("借书证")

    @pytest.mark.parametrize("prefix", ["", "   ", "。", "火星移民", "长" * 5000])
    async def test_nothing_to_complete_completes_nothing(self, http: httpx.AsyncClient, prefix: str) -> None:
        assert await get(http, "/suggest", prefix=prefix) == {"suggestions": []}

    async def test_without_a_prefix_there_is_nothing(self, http: httpx.AsyncClient) -> None:
        assert await get(http, "/suggest") == {"suggestions": []}


@pytest.mark.parametrize(
    ("path", "asked", "name"), [("/suggest", {"prefix": "借"}, "suggest"), ("/search", {"q": "借书证丢了"}, "find")]
)
async def test_looking_things_up_never_holds_up_the_others(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, path: str, asked: dict[str, str], name: str
) -> None:
    """All who wait for an answer share one loop: it must be free while one of them is looked up for."""
    at_work: list[threading.Thread] = []
    looks_up = getattr(Library, name)

    def watched(*given: Any) -> Any:
        at_work.append(threading.current_thread())
        return looks_up(*given)

    monkeypatch.setattr(Library, name, watched)
    await get(http, path, **asked)
    assert at_work and threading.current_thread() not in at_work


class TestGuides:
    async def test_all_are_listed_with_pages_and_total(self, http: httpx.AsyncClient) -> None:
        listed = await get(http, "/guides")
        assert (listed["page"], listed["pages"], listed["total"]) == (1, 1, 5)
        assert {guide["guide_id"] for guide in listed["guides"]} == {
            "library-card-first",
            "library-card-lost",
            "dog-register",
            "night-stall",
            "tree-felling",
        }

    async def test_a_page_beyond_the_last_is_empty(self, http: httpx.AsyncClient) -> None:
        listed = await get(http, "/guides", page=7)
        assert (listed["guides"], listed["page"], listed["pages"]) == ([], 7, 1)

    async def test_they_are_chosen_by_theme_and_audience(self, http: httpx.AsyncClient) -> None:
        assert (await get(http, "/guides", theme="示范"))["total"] == 5
        assert (await get(http, "/guides", theme="没有的主题"))["total"] == 0
        for person in ("1", "个人", "自然人"):
            assert (await get(http, "/guides", audience=person))["total"] == 5
        assert (await get(http, "/guides", audience="企业"))["total"] == 0

    @pytest.mark.parametrize("asked", [{"page": 0}, {"page": "x"}, {"region": "nowhere"}, {"audience": "外星人"}])
    async def test_what_cannot_be_listed_is_refused(self, http: httpx.AsyncClient, asked: dict[str, Any]) -> None:
        refused(await http.get(f"{KNOWLEDGE}/guides", params=asked), 422)

    async def test_one_is_shown_whole(self, http: httpx.AsyncClient) -> None:
        guide = await get(http, "/guides/library-card-lost")
        assert (guide["guide_id"], guide["guide_name"], guide["region"]) == (
            "library-card-lost",
            "借书证丢失补办",
            "880100",
        )
        for element in ("authority", "audience", "case_type", "result", "related", "neighbours", "hangs_on"):
            assert element in guide
        assert guide["summary"] == "补办借书证由本人到窗口办理。"
        assert [(each["title"], each["article"]) for each in guide["legal_basis"]] == [("溪城办事办法", "第三条")]

    async def test_its_statements_stand_by_the_elements_of_the_standard(self, http: httpx.AsyncClient) -> None:
        guide = await get(http, "/guides/library-card-lost")
        elements = {
            "summaries": ["summary"],
            "eligibility": ["resident"],
            "exclusions": [],
            "materials": ["id-card", "form"],
            "steps": ["apply", "take"],
            "time_limits": ["limit"],
            "fees": ["fee"],
            "amounts": [],
            "channels": ["counter"],
            "visits": ["visits"],
            "reach": ["reach"],
            "where": ["place"],
            "contact": ["contact"],
            "proxy": ["proxy"],
            "validity": ["validity"],
            "notes": ["old-card", "no-lending"],
            "faq": ["book-too"],
        }
        assert {name: [each["id"] for each in guide[name]] for name in elements} == elements

    async def test_a_statement_is_shown_whole_with_what_it_rests_on(self, http: httpx.AsyncClient) -> None:
        (fee,) = (await get(http, "/guides/library-card-lost"))["fees"]
        assert fee["statement_id"] == "library-card-lost/fee"
        assert (fee["says"], fee["amount"], fee["unit"]) == ("补证工本费每证15元。", "15", "元/证")
        assert (fee["state"], fee["aspects"], fee["region"]) == ("verified", ["fee"], "000000")
        assert fee["sources"] == [
            {
                "source_id": "fee-rule",
                "title": "借书证收费标准",
                "article": "第一条",
                "text": "工本费每证10元，补证每证15元。",
                "url": "",
                "checked_on": "2026-01-01",
            }
        ]

    async def test_how_citizens_ask_is_the_search_s_business(self, http: httpx.AsyncClient) -> None:
        guide = await get(http, "/guides/library-card-lost")
        statements = [each for part in guide.values() if isinstance(part, list) for each in part if "says" in each]
        assert statements and not any("asked" in each or "source" in each for each in statements)
        assert guide["faq"][0]["question"] == "借书证丢了要赔书吗？"

    async def test_what_rests_on_no_text_says_so(self, http: httpx.AsyncClient) -> None:
        (proxy,) = (await get(http, "/guides/night-stall"))["proxy"]
        assert (proxy["state"], proxy["sources"], proxy["because"]) == ("unverified", [], "没有找到原文")

    async def test_each_region_has_its_own(self, http: httpx.AsyncClient) -> None:
        east = await get(http, "/guides/dog-register", region="880101")
        assert (east["region"], east["written_for"]) == ("880101", "880101")
        assert "狂犬疫苗接种证明" in {material["name"] for material in east["materials"]}
        assert {each["id"]: each["state"] for each in east["materials"]}["vaccine"] == "sample"

    async def test_an_unknown_one_is_not_found(self, http: httpx.AsyncClient) -> None:
        for name in ("nothing", "boat-register", "%00", "..%2f..%2fetc"):
            refused(await http.get(f"{KNOWLEDGE}/guides/{name}"), 404)


class TestExport:
    async def test_json_holds_every_guide(self, http: httpx.AsyncClient) -> None:
        response = await http.get(f"{KNOWLEDGE}/export")
        assert response.headers["content-type"] == "application/json; charset=utf-8"
        assert "attachment" in response.headers["content-disposition"]
        assert len(response.json()["guides"]) == 5

    async def test_a_sheet_opens_in_a_spreadsheet(self, http: httpx.AsyncClient) -> None:
        response = await http.get(f"{KNOWLEDGE}/export", params={"format": "csv"})
        assert response.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert {row["guide_id"] for row in rows} >= {"library-card-lost", "dog-register"}
        lost = next(row for row in rows if (row["guide_id"], row["statement_id"]) == ("library-card-lost", "fee"))
        assert "15元" in lost["says"]

    async def test_a_workbook_opens_too(self, http: httpx.AsyncClient) -> None:
        response = await http.get(f"{KNOWLEDGE}/export", params={"format": "xlsx"})
        sheet = load_workbook(io.BytesIO(response.content))["guides"]
        rows = list(sheet.iter_rows(values_only=True))
        assert len(rows) == 6
        assert rows[0][:2] == ("guide_id", "name")

    @pytest.mark.parametrize("asked", [{"format": "exe"}, {"region": "nowhere"}])
    async def test_what_cannot_be_exported_is_refused(self, http: httpx.AsyncClient, asked: dict[str, str]) -> None:
        refused(await http.get(f"{KNOWLEDGE}/export", params=asked), 422)

    async def test_what_is_exported_can_be_read_again(self, http: httpx.AsyncClient) -> None:
        response = await http.get(f"{KNOWLEDGE}/export", params={"format": "json", "region": "880101"})
        dog = next(each for each in json.loads(response.content)["guides"] if each["id"] == "dog-register")
        assert "要带狂犬疫苗接种证明。" in {each["says"] for each in dog["statements"]}
