"""An evaluation without the letters goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.__main__ import _read_letters


def test_letters_that_are_not_there_are_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _read_letters(tmp_path / "nowhere.gz")
    assert "The letters are passed over: no letters can be read from" in capsys.readouterr().err
