"""What is to go out over WeChat, and who agreed to it, in SQL; the contracts are in `channels.wechat.outgoing`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from channels.wechat.api.parts import OpenId
from channels.wechat.outgoing.consents import LASTING
from channels.wechat.outgoing.letters import OPEN, Letter, State
from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.forgotten_store import refuse_forgotten
from server.storage.wechat_schema import wechat_consents, wechat_letters
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import visitor_lock
from service_hall.visits.notices import NoticeId

_of = wechat_letters.c
_MOST_RECEIPT = 64
_IS_OPEN = _of.state.in_([state.value for state in OPEN])


class LetterStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._pen = pen_of(engine)

    def post(self, letter: Letter) -> None:
        written = {
            "notice_id": letter.notice_id,
            "visitor_id": letter.visitor_id,
            "office_id": letter.office_id,
            "kind": letter.kind,
            "posted_at": letter.posted_at,
            "next_at": letter.next_at,
            "state": letter.state.value,
            "tries": letter.tries,
            "code": letter.code,
        }
        with self._pen, writing(self._engine).begin() as transaction:
            take_locks(transaction, [visitor_lock(letter.visitor_id)])
            refuse_forgotten(transaction, [letter.visitor_id])
            transaction.execute(insert_for(transaction)(wechat_letters).values(written).on_conflict_do_nothing())

    def due(self, now: datetime, limit: int) -> Sequence[Letter]:
        return self._letters(_of.state == State.WAITING.value, _of.next_at <= now, limit=limit)

    def claim(self, letter: Letter, until: datetime) -> bool:
        as_seen = _of.state == State.WAITING.value, _of.next_at == letter.next_at, _of.tries == letter.tries
        return self._change(letter.notice_id, *as_seen, next_at=until, tries=letter.tries + 1)

    def put_off(self, notice_id: NoticeId, until: datetime, code: int) -> None:
        self._change(notice_id, _of.state == State.WAITING.value, next_at=until, code=code)

    def settle(self, notice_id: NoticeId, state: State, at: datetime, code: int = 0, receipt: str = "") -> bool:
        is_unsettled = _of.state == State.WAITING.value
        if state not in OPEN:
            is_unsettled |= _IS_OPEN
        return self._change(
            notice_id, is_unsettled, state=state.value, settled_at=at, code=code, receipt=receipt[:_MOST_RECEIPT]
        )

    def reported(
        self, visitor_id: VisitorId, receipts: Collection[str], state: State, at: datetime, code: int = 0
    ) -> bool:
        known = [receipt[:_MOST_RECEIPT] for receipt in receipts if receipt]
        is_it = _of.visitor_id == visitor_id, _of.state == State.SENT.value, _of.receipt.in_(known)
        with self._engine.begin() as transaction:
            last = sa.select(_of.notice_id).where(*is_it).order_by(_of.settled_at.desc(), _of.notice_id.desc()).limit(1)
            notice_id = transaction.scalar(last)
        if notice_id is None:
            return False
        is_still = _of.state == State.SENT.value
        return self._change(notice_id, is_still, state=state.value, settled_at=at, code=code)

    def open_for(self, visitor_id: VisitorId) -> Sequence[Letter]:
        return self._letters(_IS_OPEN, _of.visitor_id == visitor_id)

    def open_at(self, office_id: str) -> Sequence[Letter]:
        return self._letters(_IS_OPEN, _of.office_id == office_id)

    def counts(self) -> dict[State, int]:
        counted = sa.select(_of.state, sa.func.count()).group_by(_of.state)
        with self._engine.begin() as transaction:
            found = {State(state): count for state, count in transaction.execute(counted)}
        return {state: found.get(state, 0) for state in State}

    def drop(self, before: datetime) -> int:
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(wechat_letters).where(_of.posted_at < before)).rowcount

    def _letters(self, *which: sa.ColumnElement[bool], limit: int | None = None) -> list[Letter]:
        wanted = sa.select(wechat_letters).where(*which).order_by(_of.posted_at, _of.notice_id).limit(limit)
        with self._engine.begin() as transaction:
            return [
                Letter(
                    NoticeId(row.notice_id),
                    VisitorId(row.visitor_id),
                    row.office_id,
                    row.kind,
                    row.posted_at,
                    row.next_at,
                    State(row.state),
                    row.tries,
                    row.code,
                )
                for row in transaction.execute(wanted)
            ]

    def _change(self, notice_id: NoticeId, *which: sa.ColumnElement[bool], **changed: object) -> bool:
        with self._pen, writing(self._engine).begin() as transaction:
            change = sa.update(wechat_letters).where(_of.notice_id == notice_id, *which).values(**changed)
            return transaction.execute(change).rowcount > 0


class ConsentStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._pen = pen_of(engine)

    def given(self, openid: OpenId, template_id: str, times: int, at: datetime) -> None:
        kept = wechat_consents.c.times
        more = sa.case((sa.or_(kept == LASTING, sa.literal(times) == LASTING), LASTING), else_=kept + times)
        with self._pen, writing(self._engine).begin() as transaction:
            given = insert_for(transaction)(wechat_consents)
            given = given.values(openid=openid, template_id=template_id, times=times, at=at)
            key = [wechat_consents.c.openid, wechat_consents.c.template_id]
            transaction.execute(given.on_conflict_do_update(index_elements=key, set_={"times": more, "at": at}))

    def withdrawn(self, openid: OpenId, template_id: str) -> None:
        with self._pen, writing(self._engine).begin() as transaction:
            transaction.execute(sa.delete(wechat_consents).where(*_consent(openid, template_id)))

    def use(self, openid: OpenId, template_id: str) -> bool:
        return self._change(openid, template_id, by=-1)

    def give_back(self, openid: OpenId, template_id: str) -> None:
        self._change(openid, template_id, by=1)

    def _change(self, openid: OpenId, template_id: str, by: int) -> bool:
        kept = wechat_consents.c.times
        is_enough = (kept == LASTING) | (kept + by >= 0)
        counted = sa.case((kept == LASTING, LASTING), else_=kept + by)
        with self._pen, writing(self._engine).begin() as transaction:
            change = sa.update(wechat_consents).where(*_consent(openid, template_id), is_enough).values(times=counted)
            return transaction.execute(change).rowcount > 0


def _consent(openid: OpenId, template_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return wechat_consents.c.openid == openid, wechat_consents.c.template_id == template_id
