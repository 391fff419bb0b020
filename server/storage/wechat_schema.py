"""Tables of the official account on WeChat. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata

wechat_tokens = sa.Table(
    "wechat_tokens",
    metadata,
    sa.Column("app_id", sa.String(64), primary_key=True),
    sa.Column("token_sealed", sa.Text),
    sa.Column("good_until", Moment),
    sa.Column("holder", sa.String(40), nullable=False, server_default="", doc="the node whose turn it is"),
    sa.Column("held_until", Moment),
)
wechat_people = sa.Table(
    "wechat_people",
    metadata,
    sa.Column("openid", sa.String(64), primary_key=True),
    sa.Column("visitor_id", sa.String(40), nullable=False, unique=True),
    sa.Column("since", Moment, nullable=False),
    sa.Column("follows", sa.Boolean, nullable=False),
    sa.Column("wrote_at", Moment),
)
