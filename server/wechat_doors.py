"""The doors of a hall that has an official account: WeChat's own, her browsers, and pages opened from WeChat."""

from __future__ import annotations

from fastapi import FastAPI

from channels.limits import RateLimits
from channels.switchboard.bursts import Bursts
from channels.visitors import VisitorDesk
from channels.wechat.desk import WeChatDesk
from channels.wechat.door import make_wechat_router
from channels.wechat.finding import Finder
from channels.wechat.identity.entry import make_entry_router
from channels.wechat.identity.link_routes import make_link_router
from channels.wechat.promises import Promises
from channels.wechat.protocol import Account
from channels.wechat.pushing import Pusher
from server.bootstrap import House


def open_wechat_doors(app: FastAPI, house: House, visitors: VisitorDesk, limits: RateLimits) -> WeChatDesk | None:
    """None where the hall has no official account: the doors are closed."""
    wechat, settings = house.wechat, house.settings
    if wechat is None:
        return None
    promises = Promises(wechat.answers, house.hall.clock)
    finder = Finder(
        house.hall,
        house.switchboard.once,
        Bursts(house.switchboard),
        house.records,
        wechat.people,
        promises,
        wechat.late,
        wechat.hear,
        wechat.linking,
        limits,
        settings.public_url,
    )
    pusher = Pusher(wechat.api, promises, wechat.late, house.hall.clock)
    desk = WeChatDesk(finder, pusher, promises)
    keys = tuple(filter(None, (settings.wechat_aes_key, settings.wechat_aes_key_previous)))
    account = Account(settings.wechat_token, settings.wechat_app_id, keys, settings.wechat_safe_mode)
    app.include_router(make_wechat_router(account, desk))
    app.include_router(make_link_router(wechat.linking, visitors, limits))
    app.include_router(
        make_entry_router(
            settings.wechat_app_id,
            settings.public_url,
            house.secret_key,
            settings.secure_cookies,
            wechat.api,
            wechat.people,
            visitors,
            house.hall,
        )
    )
    return desk
