"""Puts `channels/wechat/menu.yml` in place of the official account's menu: `python -m server.wechat_menu`."""

from __future__ import annotations

import asyncio
import logging
import sys

from channels.wechat.api import Decision, Refused
from channels.wechat.menu import load_menu
from server.kept_secrets import secret_key_of
from server.sealing import AesSafe
from server.settings import Settings
from server.storage.engine import migrate, open_database
from server.wechat import open_api
from service_hall.shared.clock import shanghai_now


def main() -> int:
    logging.basicConfig(level=logging.WARNING)
    settings = Settings()
    if not settings.has_wechat:
        print("There is no official account: set WENBAN_WECHAT_TOKEN, _APP_ID and _SECRET.", file=sys.stderr)
        return 1
    return asyncio.run(push(settings))


async def push(settings: Settings) -> int:
    menu = load_menu(settings.public_url)
    engine = open_database(settings.sqlalchemy_url)
    migrate(engine)
    api = open_api(settings, engine, AesSafe(secret_key_of(settings)), shanghai_now)
    try:
        await api.put_menu(menu)
    except Refused as refused:
        hint = (
            " Mend the account's settings (docs/tasks/wechat-account.md)."
            if refused.decision is Decision.OPERATOR
            else ""
        )
        print(f"WeChat refused the menu: {refused}.{hint}", file=sys.stderr)
        return 1
    finally:
        await api.aclose()
        engine.dispose()
    print(f"The menu is in place: {', '.join(button.name for button in menu.buttons)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
