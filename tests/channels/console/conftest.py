"""A town whose knowledge may be changed, and members of staff at its console."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.channels.web.conftest import Knock
from tests.publishing_town import TownShelf, with_first_set
from tests.town_house import TownHouse

At = Callable[..., AtDesk]


@pytest.fixture
def knowing(tmp_path: Path) -> TownHouse:
    return with_first_set(TownHouse(tmp_path, shelf=TownShelf))


@pytest.fixture
def at(knowing: TownHouse, knock: Knock) -> At:
    """Whoever is named sits at a browser of her own."""
    return lambda name, *roles, **more: AtDesk(knock(knowing)).signed_in(knowing, name, *roles, **more)


@pytest.fixture
def anna(at: At) -> AtDesk:
    return at("anna", Role.CURATOR)


@pytest.fixture
def berta(at: At) -> AtDesk:
    return at("berta", Role.REVIEWER)
