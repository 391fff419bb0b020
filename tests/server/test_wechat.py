"""The hall on WeChat, as operators meet it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from channels.wechat.api import Refused
from server import cli
from server.app import make_app
from server.settings import Settings
from tests.standins.wechat import StandIn, standing_in
from tests.standins.wechat.account import settings_of
from tests.standins.wechat.server import STABLE_TOKEN
from tests.town_house import TownHouse


@pytest.fixture
def wechat() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


def test_without_an_account_there_is_none(tmp_path: Path) -> None:
    assert TownHouse(tmp_path).house.wechat is None
    for left_out in ("wechat_token", "wechat_app_id", "wechat_secret"):
        settings = Settings(_env_file=None, **{**settings_of("http://a"), left_out: ""})
        assert not settings.has_wechat


@pytest.mark.parametrize("key", ["x" * 42, "x" * 44, "!" * 43])
def test_an_aes_key_that_is_none_keeps_the_service_from_starting(key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(_env_file=None, wechat_aes_key=key)
    assert "wechat_aes_key" in str(caught.value)


def test_a_setting_that_is_none_is_named_without_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENBAN_WECHAT_AES_KEY", "half-of-a-secret")
    monkeypatch.setattr("sys.argv", ["cli", "run"])
    assert cli.main() == 1
    told = capsys.readouterr().err
    assert told.startswith("WENBAN_WECHAT_AES_KEY: ") and told.count("\n") == 1 and "half-of-a-secret" not in told


def test_no_trace_of_the_settings_tells_a_secret() -> None:
    settings = Settings(_env_file=None, **settings_of("http://a"))
    assert settings.wechat_secret not in repr(settings) and settings.wechat_aes_key not in repr(settings)


async def test_an_address_that_is_not_allowed_is_named_in_readyz(tmp_path: Path, wechat: StandIn) -> None:
    wechat.order(STABLE_TOKEN, 40164)
    town = TownHouse(tmp_path, **settings_of(wechat.url))
    assert town.house.wechat
    transport = httpx.ASGITransport(app=make_app(town.house))
    async with town.house.wechat, httpx.AsyncClient(transport=transport, base_url="http://town.test") as door:
        with pytest.raises(Refused):
            await town.house.wechat.api.look()
        ready = await door.get("/readyz")
    assert (ready.status_code, ready.json()["wechat"]) == (200, "refused_40164_address_not_allowed")


def test_no_file_of_templates_is_named_by_an_empty_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAN_WECHAT_TEMPLATES", "")
    assert Settings(_env_file=None).wechat_templates is None
