"""What is still to be said on WeChat, in SQL; the contract is `channels.wechat.late`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from channels.wechat.api.parts import OpenId
from channels.wechat.late import LEASE, Owed
from server.storage.engine import insert_for, pen_of, writing
from server.storage.wechat_schema import wechat_late_answers
from service_hall.shared.ids import MessageId

_kept = wechat_late_answers.c


class LateAnswerStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._pen = engine, pen_of(engine)

    def keep(self, openid: OpenId, owed: Owed, now: datetime, until: datetime | None = None) -> None:
        told = {"begins": owed.begins, "leased_until": until or now}
        row = {"message_id": owed.message_id, "openid": openid, "kept_at": now, **told}
        with self._pen, writing(self._engine).begin() as transaction:
            kept = insert_for(transaction)(wechat_late_answers).values(row)
            transaction.execute(kept.on_conflict_do_update(index_elements=[_kept.message_id], set_=told))

    def take(self, openid: OpenId, now: datetime) -> Sequence[Owed]:
        free = sa.and_(_kept.openid == openid, _kept.leased_until <= now)
        with self._engine.begin() as transaction:
            if transaction.execute(sa.select(_kept.message_id).where(free).limit(1)).first() is None:
                return ()
        taken = sa.update(wechat_late_answers).where(free).values(leased_until=now + LEASE)
        with self._pen, writing(self._engine).begin() as transaction:
            rows = transaction.execute(taken.returning(_kept.message_id, _kept.begins, _kept.kept_at)).all()
        return [Owed(MessageId(row.message_id), row.begins) for row in sorted(rows, key=lambda row: row.kept_at)]

    def owing(self, now: datetime) -> Sequence[OpenId]:
        wanted = sa.select(_kept.openid).where(_kept.leased_until <= now).group_by(_kept.openid)
        with self._engine.begin() as transaction:
            return [OpenId(openid) for openid in transaction.scalars(wanted.order_by(sa.func.min(_kept.kept_at)))]

    def said(self, message_id: MessageId) -> None:
        self._delete(_kept.message_id == message_id)

    def forget(self, before: datetime) -> int:
        return self._delete(_kept.kept_at < before)

    def _delete(self, which: sa.ColumnElement[bool]) -> int:
        with self._pen, writing(self._engine).begin() as transaction:
            return transaction.execute(sa.delete(wechat_late_answers).where(which)).rowcount
