"""Reviews. Who wrote a draft does not judge it, and who judges it has not read what another said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service_hall.publishing.checking import Checking
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import Draft, DraftId, DraftLine, DraftState, Judgement, Verdict
from service_hall.publishing.going_live import GoingLive
from service_hall.publishing.keeping import NoSuchDraft
from service_hall.publishing.outcomes import Faulty, InUse, NotNow, Stopped

NOT_IN_REVIEW = "这份草稿不在审核中，请刷新后再看。"
OWN = "不能审核自己改过的草稿，请同事来审。"
JUDGED = "您已经审过这一稿了。"
NO_REASON = "退回要写明理由，改的人才知道改什么。"
NO_REASON_TO_ACCEPT = "要放行被拦下的，每一条都要写理由。"


class Reviewing:
    def __init__(self, desk: PublishingDesk, checking: Checking, going_live: GoingLive) -> None:
        self._desk, self._checking, self._going_live = desk, checking, going_live

    def queue(self, reviewer: str) -> list[DraftLine]:
        """What this person may judge and has not judged yet."""
        waiting = self._desk.records.lines([DraftState.IN_REVIEW, DraftState.HELD])
        judged = self._desk.records.judged_by(reviewer, [each.draft_id for each in waiting])
        return [
            each
            for each in waiting
            if reviewer not in each.writers
            and (each.state is DraftState.HELD or (each.draft_id, each.round) not in judged)
        ]

    def why_not(self, draft: Draft, reviewer: str) -> NotNow | None:
        if draft.state not in (DraftState.IN_REVIEW, DraftState.HELD):
            return NotNow(NOT_IN_REVIEW)
        if reviewer in draft.writers:
            return NotNow(OWN)
        own = [each for each in self._of_round(draft) if each.reviewer == reviewer]
        return NotNow(JUDGED) if own and draft.state is DraftState.IN_REVIEW else None

    def seen_by(self, draft: Draft, reader: str) -> list[Verdict]:
        """While others are to judge it, nobody reads another's verdict of this round but who has given one."""
        said = self._desk.records.verdicts(draft.draft_id)
        has_judged = any(each.reviewer == reader and each.round == draft.round for each in said)
        if draft.state is not DraftState.IN_REVIEW or has_judged:
            return said
        return [each for each in said if each.round < draft.round]

    def give_back(self, draft_id: DraftId, reviewer: str, reason: str) -> Draft | NotNow:
        if not reason.strip():
            return NotNow(NO_REASON)
        return self._judge(draft_id, reviewer, Judgement.RETURN, reason, {})

    def approve(
        self, draft_id: DraftId, reviewer: str, reason: str = "", accepted: Mapping[str, str] | None = None
    ) -> Draft | Stopped | Faulty | InUse | NotNow:
        """With the last approval that is needed it is published, at once or on its day. `accepted`: keys of what the
        gate stopped → why it may pass."""
        draft = self._desk.records.draft(draft_id)
        if draft is None:
            return NotNow(NOT_IN_REVIEW)
        if refused := self.why_not(draft, reviewer):
            return refused
        accepted = {key: why.strip() for key, why in (accepted or {}).items()}
        if not all(accepted.values()):
            return NotNow(NO_REASON_TO_ACCEPT)
        checked = self._checking.of_draft(draft)
        if isinstance(checked, Faulty):
            return checked
        if checked.not_among(accepted):
            return Stopped(checked)
        judged = self._judge(draft_id, reviewer, Judgement.APPROVE, reason, accepted)
        if isinstance(judged, NotNow) or judged.state is not DraftState.APPROVED or judged.waits(self._desk.today):
            return judged
        return self._going_live.publish(judged)

    def _judge(
        self, draft_id: DraftId, reviewer: str, judgement: Judgement, reason: str, accepted: Mapping[str, str]
    ) -> Draft | NotNow:
        draft = self._desk.records.draft(draft_id)
        if draft is None:
            return NotNow(NOT_IN_REVIEW)
        if refused := self.why_not(draft, reviewer):
            return refused
        now = self._desk.now()
        verdict = Verdict(draft_id, draft.round, reviewer, judgement, reason.strip(), now, accepted)
        others = [each for each in self._of_round(draft) if each.reviewer != reviewer]

        def work(found: Draft) -> Draft:
            if (found.round, found.state) != (draft.round, draft.state):
                raise NoSuchDraft
            return replace(found, state=_state_after([*others, verdict], found), held_because="")

        try:
            return self._desk.records.judge(verdict, work)
        except NoSuchDraft:
            return NotNow(NOT_IN_REVIEW)

    def _of_round(self, draft: Draft) -> list[Verdict]:
        return [each for each in self._desk.records.verdicts(draft.draft_id) if each.round == draft.round]


def _state_after(verdicts: Sequence[Verdict], draft: Draft) -> DraftState:
    if len(verdicts) < draft.reviews_needed:
        return DraftState.IN_REVIEW
    is_returned = any(each.judgement is Judgement.RETURN for each in verdicts)
    return DraftState.WRITING if is_returned else DraftState.APPROVED
