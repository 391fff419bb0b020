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
wechat_letters = sa.Table(
    "wechat_letters",
    metadata,
    sa.Column("notice_id", sa.String(40), primary_key=True),
    sa.Column("visitor_id", sa.String(40), nullable=False, index=True),
    sa.Column("office_id", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("posted_at", Moment, nullable=False, index=True),
    sa.Column("next_at", Moment, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("code", sa.Integer, nullable=False, doc="WeChat's, of the last refusal"),
    sa.Column("settled_at", Moment),
    sa.Column("receipt", sa.String(64), nullable=False, server_default="", doc="what WeChat calls it in its report"),
    sa.Index(None, "state", "next_at"),
)
wechat_consents = sa.Table(
    "wechat_consents",
    metadata,
    sa.Column("openid", sa.String(64), primary_key=True),
    sa.Column("template_id", sa.String(64), primary_key=True),
    sa.Column("times", sa.Integer, nullable=False, doc="messages that are left; -1: until it is taken back"),
    sa.Column("at", Moment, nullable=False),
)
wechat_late_answers = sa.Table(
    "wechat_late_answers",
    metadata,
    sa.Column("message_id", sa.String(40), primary_key=True, doc="of the turn, where the answer stands"),
    sa.Column("openid", sa.String(64), nullable=False, index=True),
    sa.Column("begins", sa.Integer, nullable=False, doc="how many characters of it were said"),
    sa.Column("kept_at", Moment, nullable=False, index=True),
    sa.Column("leased_until", Moment, nullable=False, doc="whoever says it just now has it for so long"),
)
wechat_links = sa.Table(
    "wechat_links",
    metadata,
    sa.Column("visitor_id", sa.String(40), primary_key=True, doc="of a browser"),
    sa.Column("goes_by", sa.String(40), nullable=False, doc="the citizen on WeChat whose it is"),
    sa.Column("at", Moment, nullable=False, index=True),
)
wechat_offers = sa.Table(
    "wechat_offers",
    metadata,
    sa.Column("offer_id", sa.String(40), primary_key=True),
    sa.Column("visitor_id", sa.String(40), nullable=False, index=True),
    sa.Column("good_until", Moment, nullable=False, index=True),
    sa.Column("openid", sa.String(64)),
    sa.Column("code", sa.String(10), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
)
