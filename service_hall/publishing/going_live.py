"""From an approved draft to what citizens are told: at once, on a day, or back to an earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar, assert_never

from service_hall.publishing.checking import Checking
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import DocumentKey, Draft, DraftState, Judgement, Verdict, Version
from service_hall.publishing.keeping import NoSuchDraft, NotSound
from service_hall.publishing.outcomes import Faulty, InUse, NotNow, Stopped
from service_hall.publishing.retiring import in_use
from service_hall.publishing.writing import CLOSED, Writing

Outcome = TypeVar("Outcome", Faulty, InUse, Stopped, NotNow)
HELD_FAULTY = "到了发布日，但现在的内容不完整或者与别处对不上，没有发布。请撤回修改。"
HELD_STOPPED = "到了发布日，但发布检查拦下了新的问题，没有发布。请审核人看过再定。"
HELD_IN_USE = "到了发布日，但这个事项还有人在用，没有发布。"
HELD_OVERTAKEN = "已发布的内容在审核期间改过，没有发布。请撤回修改，看过差别再提交。"
NO_VERSION = "没有这个版本。"
OPEN_DRAFT = "这份指南有没发布的草稿，请先处理草稿，再退回旧版本。"


class GoingLive:
    def __init__(self, desk: PublishingDesk, checking: Checking, writing: Writing) -> None:
        self._desk, self._checking, self._writing = desk, checking, writing

    def publish(self, draft: Draft) -> Draft | Stopped | Faulty | InUse | NotNow:
        """An approved one. What stops it only now leaves it held."""
        if self._desk.published(draft.key) != draft.base:
            return self._held(draft, HELD_OVERTAKEN, NotNow(HELD_OVERTAKEN))
        if used := in_use(self._desk, draft):
            return self._held(draft, HELD_IN_USE, used)
        checked = self._checking.of_draft(draft)
        if isinstance(checked, Faulty):
            return self._held(draft, HELD_FAULTY, checked)
        if checked.not_among(self.accepted(draft)):
            return self._held(draft, HELD_STOPPED, Stopped(checked))
        reviewers = [each.reviewer for each in self._verdicts(draft)]
        try:
            self._desk.records.publish(draft.draft_id, reviewers, self._desk.now())
        except NotSound:
            return self._held(draft, HELD_FAULTY, Faulty(self._writing.findings(draft)))
        except NoSuchDraft:
            return NotNow(CLOSED)
        self._desk.is_live()
        return self._desk.records.draft(draft.draft_id) or draft

    def publish_due(self) -> list[Draft]:
        """Whatever has reached its day; also what did so while the service was stopped. Those that went live."""
        live = []
        for draft in self._desk.records.due(self._desk.today):
            match self.publish(draft):
                case Draft() as published:
                    live.append(published)
                case Stopped() | Faulty() | InUse() | NotNow():
                    pass  # it is held, and stands in the queue of the reviewers
                case other:
                    assert_never(other)
        return live

    def roll_back(self, key: DocumentKey, number: int, editor: str) -> Draft | NotNow:
        """A draft that says what that version said; reviewed and published like any other, as a new version."""
        version = next((each for each in self._desk.records.versions(key) if each.number == number), None)
        if version is None:
            return NotNow(NO_VERSION)
        if self._desk.records.open_draft_of(key):
            return NotNow(OPEN_DRAFT)
        return self._writing.begin(key, editor, version.body)

    def history(self, guide_id: str) -> list[Version]:
        return self._desk.records.versions_of_guide(guide_id)

    def accepted(self, draft: Draft) -> Mapping[str, str]:
        """Of the present round: what a reviewer has let pass → why."""
        return {key: why for each in self._verdicts(draft) for key, why in each.accepted.items()}

    def _verdicts(self, draft: Draft) -> list[Verdict]:
        said = self._desk.records.verdicts(draft.draft_id)
        return [each for each in said if each.round == draft.round and each.judgement is Judgement.APPROVE]

    def _held(self, draft: Draft, why: str, outcome: Outcome) -> Outcome | NotNow:
        def work(found: Draft) -> Draft:
            return replace(found, state=DraftState.HELD, held_because=why)

        try:
            self._desk.records.change(draft.draft_id, work)
        except NoSuchDraft:
            return NotNow(CLOSED)
        return outcome
