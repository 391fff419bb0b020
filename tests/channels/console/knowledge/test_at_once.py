"""Several at one draft at the same moment, and forms that are older than what they change: once is once."""

from __future__ import annotations

import asyncio

import httpx

from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.reviews import REVIEWS
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.knowledge.test_guides import FEE, begun, handed_in, saved, says
from tests.channels.console.shell.desk import AtDesk
from tests.fakes import NATION
from tests.publishing_town import DOG_KEY
from tests.town_house import TownHouse

PUBLISHED_ONCE = 2
"""Versions: what stood there before, and the edit."""


async def approved(desk: AtDesk, review: str, token: str) -> httpx.Response:
    return await desk.http.post(f"{review}/approve", data={"csrf": token})


def versions(town: TownHouse) -> int:
    return len(town.house.publishing.desk.records.versions(DOG_KEY))


async def test_two_reviewers_at_once_publish_once(at: At, anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    clara = at("clara", Role.REVIEWER)
    review = (await handed_in(anna)).replace(DRAFTS, REVIEWS)
    sent = [approved(desk, review, await desk.csrf(review)) for desk in (berta, clara)]
    answers = await asyncio.gather(*sent)
    assert 303 in {each.status_code for each in answers} and max(each.status_code for each in answers) < 500
    assert says(knowing) == FEE["says"] and versions(knowing) == PUBLISHED_ONCE


async def test_a_second_click_publishes_nothing_more(anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    review = (await handed_in(anna)).replace(DRAFTS, REVIEWS)
    token = await berta.csrf(review)
    first = await approved(berta, review, token)
    again = await approved(berta, review, token)
    assert first.status_code == 303 and again.status_code in (303, 409) and versions(knowing) == PUBLISHED_ONCE


async def test_one_approves_while_the_other_gives_back(at: At, anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    clara = at("clara", Role.REVIEWER)
    draft = await handed_in(anna)
    review = draft.replace(DRAFTS, REVIEWS)
    late = await clara.csrf(review)
    assert (await approved(berta, review, await berta.csrf(review))).status_code == 303
    answer = await clara.http.post(f"{review}/give-back", data={"csrf": late, "reason": "不对"})
    assert answer.status_code == 422 and says(knowing) == FEE["says"] and "已发布" in await anna.look(draft)


async def test_a_form_from_before_the_publication_changes_nothing(
    anna: AtDesk, berta: AtDesk, knowing: TownHouse
) -> None:
    draft = await begun(anna, NATION)
    await saved(anna, draft, "fee", FEE)
    stale = await anna.csrf(f"{draft}/parts/fee")
    await anna.did(f"{draft}/hand-in", {"note": "改费用的说法", "reviews_needed": "1"}, draft)
    review = draft.replace(DRAFTS, REVIEWS)
    await approved(berta, review, await berta.csrf(review))
    late = await anna.http.post(
        f"{draft}/parts/fee", data={**FEE, "says": "登记费是99元。", "csrf": stale, "seen": "x"}
    )
    assert late.status_code in (303, 409) and says(knowing) == FEE["says"] and versions(knowing) == PUBLISHED_ONCE
