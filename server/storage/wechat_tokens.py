"""The account's token where all nodes find it, in SQL; the contract is `channels.wechat.api.tokens`."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from channels.wechat.api.tokens import Token
from server.storage.engine import insert_for, pen_of, writing
from server.storage.wechat_schema import wechat_tokens
from service_hall.shared.safe import Safe, SealBroken


class TokenStore:
    """The token is sealed: a copy of the database opens nothing at WeChat."""

    def __init__(self, engine: sa.Engine, app_id: str, safe: Safe) -> None:
        self._engine, self._app_id, self._safe = engine, app_id, safe
        self._pen = pen_of(engine)
        self._row = wechat_tokens.c.app_id == app_id

    def look(self) -> Token | None:
        wanted = sa.select(wechat_tokens.c.token_sealed, wechat_tokens.c.good_until).where(self._row)
        with self._engine.begin() as transaction:
            row = transaction.execute(wanted).first()
        if row is None or row.token_sealed is None:
            return None
        try:
            return Token(self._safe.open(row.token_sealed, self._app_id), row.good_until)
        except SealBroken:  # under a secret that is gone
            return None

    def take_turn(self, holder: str, now: datetime, until: datetime) -> bool:
        mine = {"holder": holder, "held_until": until}
        is_free = wechat_tokens.c.held_until.is_(None) | (wechat_tokens.c.held_until <= now)
        with self._pen, writing(self._engine).begin() as transaction:
            turn = insert_for(transaction)(wechat_tokens).values(app_id=self._app_id, **mine)
            turn = turn.on_conflict_do_update(index_elements=[wechat_tokens.c.app_id], set_=mine, where=is_free)
            return transaction.execute(turn.returning(wechat_tokens.c.app_id)).first() is not None

    def end_turn(self, holder: str, token: Token | None) -> None:
        kept = (
            {}
            if token is None
            else {"token_sealed": self._safe.seal(token.value, self._app_id), "good_until": token.good_until}
        )
        ended = sa.update(wechat_tokens).where(self._row, wechat_tokens.c.holder == holder)
        with self._pen, writing(self._engine).begin() as transaction:
            transaction.execute(ended.values(holder="", held_until=None, **kept))
