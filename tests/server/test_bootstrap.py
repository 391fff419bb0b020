"""The house with its real content, opened as the service opens it, and the secret that it keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge_base.content_files import load_content
from server import bootstrap
from server.bootstrap import Shelf, _kept_secret, open_house
from server.settings import Settings
from tests.fakes import TOWN, FixedClock, fake_embed, town_intents


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    first = _kept_secret(path)
    assert len(first) >= 32
    assert _kept_secret(path) == first
    assert path.stat().st_mode & 0o077 == 0


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(_kept_secret, [tmp_path / "secret_key"] * 8))
    assert len(secrets) == 1
    assert "" not in secrets


def test_an_empty_shelf_says_so() -> None:
    shelf = Shelf(store=None, embed=fake_embed, intents=town_intents(), home=TOWN, clock=FixedClock())  # type: ignore[arg-type]
    assert not shelf.is_stocked
    with pytest.raises(RuntimeError, match="restock"):
        shelf.library()


def test_the_first_start_seeds_the_content_and_the_second_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The reader of intents takes long to learn, and is tested elsewhere.
    monkeypatch.setattr(bootstrap, "load_intent_reader", lambda _: town_intents())
    told: list[str] = []
    settings = Settings(var=tmp_path, database_url="", region="990100")
    for _ in range(2):
        house = open_house(settings, report=told.append)
        assert set(house.hall.library().guide_ids) == set(load_content().documents)
        house.engine.dispose()
    assert len(told) == 1
    assert "added" in told[0]
