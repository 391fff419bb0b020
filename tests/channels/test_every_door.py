"""What holds at every door: nothing is kept in between, odd methods do no harm, and the schema says what is refused."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from tests.channels.callers import Clerk, Visitor
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD

NEW_DOORS = ("/api/appointments", "/api/offices", "/api/queue", "/api/kiosk", "/api/counter")


@pytest.mark.parametrize(
    "path",
    [
        "/api/appointments",
        f"/api/appointments/openings?guide_id={CARD}&office_id={TOWN_HALL}",
        "/api/appointments/ABCDE23456",
        "/api/offices",
        f"/api/queue/{TOWN_HALL}",
        f"/api/kiosk/{TOWN_HALL}",
        "/api/counter/me",
        "/api/chat/messages",
        "/api/nowhere",
    ],
)
async def test_nobody_keeps_what_is_of_the_moment(closed_door: httpx.AsyncClient, path: str) -> None:
    assert (await closed_door.get(path)).headers["cache-control"] == "no-store"


async def test_an_address_with_a_slash_too_many_sends_nobody_elsewhere(closed_door: httpx.AsyncClient) -> None:
    response = await closed_door.post("/api/chat/messages/", json={}, headers={"host": "elsewhere.example"})
    assert response.status_code == 404 and "location" not in response.headers


async def test_what_is_published_may_be_kept(closed_door: httpx.AsyncClient) -> None:
    for path in ("/api/knowledge/guides", "/api/knowledge/export?format=json"):
        response = await closed_door.get(path)
        assert response.status_code == 200
        assert "no-store" not in response.headers.get("cache-control", "")


def addresses(app: FastAPI) -> list[str]:
    """Whatever can be read without knowing a name or a number."""
    paths = app.openapi()["paths"]
    return [path for path, methods in paths.items() if "get" in methods and "{" not in path]


async def test_what_can_be_read_tells_its_head_as_it_tells_the_whole(
    closed_app: FastAPI, closed_door: httpx.AsyncClient
) -> None:
    named = [
        "/",
        "/chat",
        "/console",
        "/counter",
        "/healthz",
        "/guides/nothing",
        f"/kiosk?office={TOWN_HALL}",
        f"/board/{TOWN_HALL}",
        f"/api/queue/{TOWN_HALL}",
    ]
    asked = [*addresses(closed_app), *named, "/static/icon.svg", "/widget/1/wenban.js", "/nowhere"]
    assert len(asked) > 30
    for path in asked:
        whole, head = await closed_door.get(path), await closed_door.head(path)
        assert (head.status_code, head.content) == (whole.status_code, b""), path
        assert head.headers.get("content-type") == whole.headers.get("content-type"), path


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PATCH"])
async def test_a_method_that_nobody_asked_for_changes_nothing(visitor: Visitor, clerk: Clerk, method: str) -> None:
    code = await visitor.booked()
    before = await visitor.shown(code)
    for rest in ("", f"/{code}", f"/{code}/check-in", f"/{code}/consent"):
        response = await visitor.ask(method, rest)
        assert response.status_code == 405
        assert before["office_name"] not in response.text
    assert (await clerk.here(method, "/1/call-next")).status_code == 405
    assert (await visitor.http.request(method, f"/api/kiosk/{TOWN_HALL}/tickets")).status_code == 405
    assert await visitor.shown(code) == before


async def test_a_head_changes_nothing_and_tells_no_more_than_its_get(visitor: Visitor, clerk: Clerk) -> None:
    code = await visitor.booked()
    before = await visitor.shown(code)
    for rest, status in (("", 200), (f"/{code}", 200), (f"/{code}/check-in", 405)):
        response = await visitor.ask("HEAD", rest)
        assert (response.status_code, response.content) == (status, b"")
    assert (await clerk.here("HEAD", "/1/call-next")).status_code == 405
    assert await visitor.shown(code) == before


def test_the_schema_describes_refusals_in_the_contracts_form(closed_app: FastAPI) -> None:
    paths = closed_app.openapi()["paths"]
    described = 0
    for path, methods in paths.items():
        if not path.startswith(NEW_DOORS):
            continue
        for method, operation in methods.items():
            refusals = {status: each for status, each in operation["responses"].items() if int(status) >= 400}
            assert refusals, (method, path)
            for status, each in refusals.items():
                if status == "422" and each["description"] == "Validation Error":
                    pytest.fail(f"{method} {path} describes the framework's own form")
                assert set(each["content"]["application/json"]["schema"]["properties"]) == {"error", "message"}
            described += 1
    assert described >= 40


def test_whatever_needs_a_visitor_or_a_clerk_says_so(closed_app: FastAPI) -> None:
    open_to_all = {"/api/appointments/openings", "/api/appointments/{code}/qr.svg"}
    for path, methods in closed_app.openapi()["paths"].items():
        if path.startswith(("/api/appointments", "/api/counter")):
            for method, operation in methods.items():
                assert ("401" in operation["responses"]) is (path not in open_to_all), (method, path)
