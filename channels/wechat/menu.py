"""The account's custom menu, as data."""

from __future__ import annotations

from pathlib import Path

import yaml

from channels.wechat.api import Menu

MENU = Path(__file__).parent / "menu.yml"
_PLACE = "{public_url}"


def load_menu(public_url: str, path: Path = MENU) -> Menu:
    """Raises OSError, and ValueError for what WeChat would not take."""
    written = path.read_text("utf-8").replace(_PLACE, public_url.rstrip("/"))
    return Menu.model_validate(yaml.safe_load(written))
