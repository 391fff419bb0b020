"""Drafts: begun from what is published, kept part by part as it is typed, handed in when it is sound."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge_base.checking import Finding
from knowledge_base.documents import Body
from knowledge_base.model import NATIONAL
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.differences import differences
from service_hall.publishing.documents import findings_of, findings_on_all_ways
from service_hall.publishing.draft import DocumentKey, DocumentKind, Draft, DraftId, DraftState, digest_of
from service_hall.publishing.keeping import Change, NoSuchDraft
from service_hall.publishing.outcomes import ChangedMeanwhile, Faulty, InUse, NotNow, Overtaken
from service_hall.publishing.parts import (
    Part,
    PartName,
    lay_together,
    moved,
    part_of,
    with_inherited,
    with_part,
    without_inherited,
)
from service_hall.publishing.retiring import in_use

MOST_REVIEWERS = 2
CLOSED = "这份草稿已经发布或者作废了，请重新打开指南再改。"
IN_REVIEW = "草稿正在审核，要改请先撤回。"
UNCHANGED = "和已发布的内容一样，没有要发布的改动。"
TRY_AGAIN = "草稿刚刚又改过，请再提交一次。"
OTHER_DAY = "生效日期定了就不改；从另一天起的规定，请另起一份。"
NO_NOTE = "请写明改了什么、为什么改，审核的人要看。"


@dataclass(frozen=True)
class Saved:
    draft: Draft
    part: Part


class _Refused(Exception):
    def __init__(self, outcome: ChangedMeanwhile | NotNow) -> None:
        super().__init__()
        self.outcome = outcome


class Writing:
    def __init__(self, desk: PublishingDesk) -> None:
        self._desk = desk

    def begin(self, key: DocumentKey, editor: str, body: Body | None = None) -> Draft:
        """The open draft of the document; else a new one, with `body` or what is published."""
        now, base = self._desk.now(), self._desk.published(key)
        made = Draft(
            draft_id=DraftId(f"d_{secrets.token_urlsafe(9)}"),
            key=key,
            body=body if body is not None else base if base is not None else _empty(key),
            base=base,
            state=DraftState.WRITING,
            writers=(editor,),
            made_at=now,
            changed_at=now,
        )
        return self._desk.records.begin(made)

    def save(self, draft_id: DraftId, part: Part, seen: str, editor: str) -> Saved | ChangedMeanwhile | NotNow:
        """`seen`: digest of the part as the editor was shown it. `part.value` need not be sound."""

        def work(draft: Draft) -> Draft:
            self._must_be_written(draft)
            now = part_of(draft.body, part.name)
            if now.digest != seen and now.value != part.value:
                raise _Refused(ChangedMeanwhile(draft, now, draft.writers[-1]))
            return self._touched(draft, with_part(draft.body, part), editor)

        kept = self._change(draft_id, work)
        return kept if not isinstance(kept, Draft) else Saved(kept, part_of(kept.body, part.name))

    def move(self, draft_id: DraftId, name: PartName, by: int, editor: str) -> Draft | NotNow:
        """A question or step of a life event, so many places later; earlier where `by` is negative."""
        return _never_beaten(
            self._change(
                draft_id, lambda draft: self._touched(draft, moved(draft.body, name, by), editor, is_checked=True)
            )
        )

    def set_aside(self, draft_id: DraftId, statement_id: str, editor: str, *, holds: bool) -> Draft | NotNow:
        """In a region's document: what stands above does not hold there, or does again."""
        change = with_inherited if holds else without_inherited
        return _never_beaten(
            self._change(
                draft_id, lambda draft: self._touched(draft, change(draft.body, statement_id), editor, is_checked=True)
            )
        )

    def findings(self, draft: Draft) -> list[Finding]:
        """What keeps it from being handed in."""
        is_dated = draft.key.kind in (DocumentKind.GUIDE, DocumentKind.FACT)
        if is_dated and DocumentKey.of(draft.document) != draft.key:
            return [(("effective_from",), OTHER_DAY)]
        return findings_of(self._desk.library, draft, self._desk.today)

    def findings_of_all(self, draft: Draft) -> list[Finding]:
        """With what is met on all ways through a life event, which takes a second or two."""
        desk = self._desk
        return self.findings(draft) or findings_on_all_ways(desk.library, draft, desk.today, desk.calculators_with)

    def hand_in(
        self,
        draft_id: DraftId,
        note: str,
        publish_on: date | None = None,
        reviews_needed: int = 1,
        seen_published: str = "",
    ) -> Draft | Faulty | InUse | Overtaken | NotNow:
        """`seen_published`: as `Overtaken.digest` said."""
        draft = self._desk.records.draft(draft_id)
        if draft is None or not draft.is_open:
            return NotNow(CLOSED)
        if draft.state is not DraftState.WRITING:
            return NotNow(IN_REVIEW)
        if not note.strip():
            return NotNow(NO_NOTE)
        caught_up = self.catch_up(draft, seen_published)
        if not isinstance(caught_up, Draft):
            return caught_up
        draft = caught_up
        if draft.body == draft.base:
            return NotNow(UNCHANGED)
        if findings := self.findings_of_all(draft):
            return Faulty(findings)
        if used := in_use(self._desk, draft):
            return used

        def work(found: Draft) -> Draft:
            self._must_be_written(found)
            return replace(
                found,
                state=DraftState.IN_REVIEW,
                round=found.round + 1,
                note=note.strip(),
                publish_on=publish_on if publish_on and publish_on > self._desk.today else None,
                reviews_needed=min(max(reviews_needed, 1), MOST_REVIEWERS),
                held_because="",
                changed_at=self._desk.now(),
            )

        return _never_beaten(self._change(draft_id, work))

    def catch_up(self, draft: Draft, seen_published: str = "") -> Draft | Overtaken | NotNow:
        """With what was published past it, e.g. by an import. Parts that the draft leaves alone are taken over."""
        published = self._desk.published(draft.key)
        if published == draft.base or published is None:
            return draft
        together = lay_together(draft.base or {}, draft.body, published)
        digest = digest_of(published)
        if together.both and seen_published != digest:
            changes = differences(draft.base, published)
            return Overtaken([each for each in changes if each.part in together.both], digest)

        def work(found: Draft) -> Draft:
            self._must_be_written(found)
            if found.body != draft.body:
                raise _Refused(NotNow(TRY_AGAIN))
            return replace(found, body=together.body, base=published)

        return _never_beaten(self._change(draft.draft_id, work))

    def take_back(self, draft_id: DraftId) -> Draft | NotNow:
        """To write on: what was said of it in review stays to be read."""

        def work(draft: Draft) -> Draft:
            return replace(draft, state=DraftState.WRITING, held_because="", changed_at=self._desk.now())

        return _never_beaten(self._change(draft_id, work))

    def drop(self, draft_id: DraftId) -> Draft | NotNow:
        def work(draft: Draft) -> Draft:
            return replace(draft, state=DraftState.DROPPED, changed_at=self._desk.now())

        return _never_beaten(self._change(draft_id, work))

    def _must_be_written(self, draft: Draft) -> None:
        if draft.state is not DraftState.WRITING:
            raise _Refused(NotNow(IN_REVIEW))

    def _touched(self, draft: Draft, body: Body, editor: str, *, is_checked: bool = False) -> Draft:
        if is_checked:
            self._must_be_written(draft)
        writers = (*(each for each in draft.writers if each != editor), editor)
        return replace(draft, body=body, writers=writers, changed_at=self._desk.now())

    def _change(self, draft_id: DraftId, work: Change) -> Draft | ChangedMeanwhile | NotNow:
        try:
            return self._desk.records.change(draft_id, work)
        except _Refused as refused:
            return refused.outcome
        except NoSuchDraft:
            return NotNow(CLOSED)


def _never_beaten(outcome: Draft | ChangedMeanwhile | NotNow) -> Draft | NotNow:
    assert not isinstance(outcome, ChangedMeanwhile)  # only a part is compared with what was seen
    return outcome


def _empty(key: DocumentKey) -> dict[str, Any]:
    body: dict[str, Any] = {"id": key.guide_id, "region": key.region}
    if key.effective_from:
        body["effective_from"] = key.effective_from
    lists = ("statements",) if key.region == NATIONAL else ("add", "replace", "remove")
    return {**body, **{name: [] for name in lists}}
