"""The house with its real content, opened as the service opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.content_files import load_content
from server import bootstrap
from server.bootstrap import open_house
from server.settings import Settings
from server.shelf import Shelf
from server.staff import ADMIN
from server.storage.staff_store import StaffStore
from tests.fakes import TOWN, FixedClock, fake_embed, town_intents


def test_an_empty_shelf_says_so() -> None:
    shelf = Shelf(store=None, embed=fake_embed, intents=town_intents(), home=TOWN, clock=FixedClock())  # type: ignore[arg-type]
    assert not shelf.is_stocked
    with pytest.raises(RuntimeError, match="restock"):
        shelf.library()


def test_the_first_start_seeds_the_content_and_the_second_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The reader of intents takes long to learn, and is tested elsewhere.
    monkeypatch.setattr(bootstrap, "load_intent_reader", town_intents)
    told: list[str] = []
    settings = Settings(var=tmp_path, database_url="", region="990100")
    for _ in range(2):
        house = open_house(settings, report=told.append)
        assert StaffStore(house.engine).find(ADMIN) is None, "only who starts the service makes accounts"
        assert set(house.hall.library().guide_ids) == set(load_content().documents)
        house.engine.dispose()
    assert len(told) == 1
    assert "added" in told[0]
