"""Secrets made on the first run: once, for their owner alone, and told to nobody but the operator."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from server.cli import tell_kiosk_key
from server.kept_secrets import kept_secret, kiosk_key_of, make_kiosk_key, secret_key_of
from server.settings import Settings


def settings_in(var: Path, kiosk_key: str = "", secret_key: str = "") -> Settings:
    return Settings(var=var, kiosk_key=kiosk_key, secret_key=secret_key)


def test_a_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    first = kept_secret(path)
    assert len(first) >= 32
    assert kept_secret(path) == first
    assert path.stat().st_mode & 0o077 == 0


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept_secret, [tmp_path / "secret_key"] * 8))
    assert len(secrets) == 1
    assert "" not in secrets


def test_what_the_settings_name_is_taken_and_nothing_made(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, secret_key="a secret", kiosk_key="a-key-of-ours")
    assert (secret_key_of(settings), kiosk_key_of(settings)) == ("a secret", "a-key-of-ours")
    assert make_kiosk_key(settings) == ""
    assert list(tmp_path.iterdir()) == []


def test_the_kiosks_key_is_another_one_and_easy_to_type(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    key = make_kiosk_key(settings)
    assert re.fullmatch(r"([2-9a-hjkmnp-z]{5}-){3}[2-9a-hjkmnp-z]{5}", key)
    assert key != make_kiosk_key(settings_in(tmp_path / "elsewhere"))
    assert kiosk_key_of(settings) == key
    assert (tmp_path / "kiosk_key").stat().st_mode & 0o077 == 0


def test_the_operator_is_told_the_kiosks_key_once_and_no_log_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = settings_in(tmp_path)
    tell_kiosk_key(settings)
    told = capsys.readouterr().out
    assert kiosk_key_of(settings) in told
    assert "/kiosk" in told
    tell_kiosk_key(settings)
    assert capsys.readouterr().out == ""
    assert kiosk_key_of(settings) not in caplog.text


def test_a_key_that_the_operator_chose_is_not_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell_kiosk_key(settings_in(tmp_path, kiosk_key="a-key-of-ours"))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("key", ["short", "with a blank", "钥匙钥匙钥匙钥匙"])
def test_a_key_that_no_program_could_send_or_anybody_guess_is_refused_at_the_start(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValidationError):
        settings_in(tmp_path, kiosk_key=key)
