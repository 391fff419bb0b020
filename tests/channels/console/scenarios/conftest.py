from __future__ import annotations

from pathlib import Path

import pytest

from tests.lived_town import LivedShelf
from tests.publishing_town import with_first_set
from tests.town_house import TownHouse


@pytest.fixture
def knowing(tmp_path: Path) -> TownHouse:
    """The town with a life event."""
    return with_first_set(TownHouse(tmp_path, shelf=LivedShelf))
