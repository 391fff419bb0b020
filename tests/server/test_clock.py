"""The service's clock is the real one, unless a test sets it through a file."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server import clock as clocks
from server.clock import clock_of
from server.settings import Settings
from service_hall.shared.clock import SHANGHAI, shanghai_now

REAL = datetime(2026, 11, 25, 12, 0, tzinfo=SHANGHAI)
SAID = datetime(2026, 6, 1, 9, 30, tzinfo=SHANGHAI)


class Real:
    def __init__(self) -> None:
        self.at = REAL

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Real:
    time = Real()
    monkeypatch.setattr(clocks, "shanghai_now", time)
    return time


def write(path: Path, text: str, at: datetime = REAL) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, ns=(int(at.timestamp()) * 10**9,) * 2)


def test_without_a_file_it_is_the_real_time() -> None:
    assert clock_of(None) is shanghai_now


def test_it_shows_the_moment_of_the_file_and_goes_on_from_there(real: Real, tmp_path: Path) -> None:
    write(tmp_path / "now", SAID.isoformat())
    clock = clock_of(tmp_path / "now")
    assert clock() == SAID
    real.at += timedelta(minutes=5)
    assert clock() == SAID + timedelta(minutes=5)


def test_a_service_that_starts_later_shows_the_same(real: Real, tmp_path: Path) -> None:
    write(tmp_path / "now", SAID.isoformat())
    real.at += timedelta(hours=2)
    assert clock_of(tmp_path / "now")() == SAID + timedelta(hours=2)


def test_written_anew_it_is_set_anew(real: Real, tmp_path: Path) -> None:
    write(tmp_path / "now", SAID.isoformat())
    clock = clock_of(tmp_path / "now")
    clock()
    real.at += timedelta(minutes=1)
    write(tmp_path / "now", (SAID + timedelta(days=9)).isoformat(), real.at)
    assert clock() == SAID + timedelta(days=9)


@pytest.mark.parametrize(
    "text", ["2026-06-01T09:30", "2026-06-01 09:30:00", " 2026-06-01T09:30:00+08:00\n", "2026-06-01T01:30:00+00:00"]
)
def test_the_moment_is_local_unless_it_says_otherwise(real: Real, tmp_path: Path, text: str) -> None:
    write(tmp_path / "now", text)
    assert clock_of(tmp_path / "now")() == SAID


@pytest.mark.parametrize("text", ["", "morgen", "2026-13-45", "现在", "\x00"])
def test_a_file_without_a_moment_shifts_nothing(real: Real, tmp_path: Path, text: str) -> None:
    write(tmp_path / "now", text)
    assert clock_of(tmp_path / "now")() == REAL


def test_a_file_that_is_not_there_yet_shifts_nothing_until_it_is(real: Real, tmp_path: Path) -> None:
    clock = clock_of(tmp_path / "now")
    assert clock() == REAL
    write(tmp_path / "now", SAID.isoformat())
    assert clock() == SAID


def test_a_file_that_goes_away_or_is_spoilt_leaves_the_clock_as_it_was_set(real: Real, tmp_path: Path) -> None:
    write(tmp_path / "now", SAID.isoformat())
    clock = clock_of(tmp_path / "now")
    assert clock() == SAID
    write(tmp_path / "now", "?", REAL + timedelta(seconds=1))
    assert clock() == SAID
    (tmp_path / "now").unlink()
    assert clock() == SAID


def test_what_it_shows_is_aware_and_local(real: Real, tmp_path: Path) -> None:
    write(tmp_path / "now", SAID.astimezone(UTC).isoformat())
    assert clock_of(tmp_path / "now")().utcoffset() == timedelta(hours=8)


def test_a_setting_that_is_empty_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be looked for at each question after the time."""
    monkeypatch.setenv("WENBAN_TEST_CLOCK", "")
    assert Settings().test_clock is None
