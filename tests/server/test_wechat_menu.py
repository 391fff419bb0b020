"""The custom menu: data that WeChat takes, and a command that puts it there."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.wechat.identity.entry import entry_url
from channels.wechat.menu import load_menu
from channels.wechat.protocol import read
from channels.wechat.taking import take
from server import wechat_menu
from server.settings import Settings
from tests.standins.wechat import StandIn
from tests.standins.wechat.account import settings_of
from tests.standins.wechat.server import MENU, STABLE_TOKEN


def test_the_shipped_menu_is_one_that_wechat_takes() -> None:
    buttons = load_menu("https://hall.example/").body()["button"]
    assert len(buttons) == 3
    urls = [each["url"] for button in buttons for each in button["sub_button"] if each["type"] == "view"]
    assert urls == [entry_url("https://hall.example/", "/")]


def test_what_a_click_brings_is_words_to_the_hall() -> None:
    for button in load_menu("https://hall.example").buttons:
        for each in button.below:
            if each.type == "click":
                about = {"FromUserName": "o1", "ToUserName": "gh", "CreateTime": "5", "MsgType": "event"}
                taken = take(read({**about, "Event": "CLICK", "EventKey": each.key}), ())
                assert taken and taken.text == each.key and not taken.told


async def test_the_command_puts_it_there(tmp_path: Path, wechat: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(_env_file=None, var=tmp_path, secret_key="k", **settings_of(wechat.url))
    assert await wechat_menu.push(settings) == 0
    [call] = wechat.of(MENU)
    assert [button["name"] for button in call.body["button"]] == ["问事", "预约排队", "我的"]
    assert "预约排队" in capsys.readouterr().out


async def test_a_refusal_is_told_with_what_to_mend(
    tmp_path: Path, wechat: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    wechat.order(STABLE_TOKEN, 40164)
    settings = Settings(_env_file=None, var=tmp_path, secret_key="k", **settings_of(wechat.url))
    assert await wechat_menu.push(settings) == 1
    told = capsys.readouterr().err
    assert "40164" in told and "docs/tasks/wechat-account.md" in told and settings.wechat_secret not in told
