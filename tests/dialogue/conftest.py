"""Citizens before the real service: Rasa, actions, search and database, as `make run` starts them."""

from __future__ import annotations

import pytest

from tests.dialogue.citizen import Citizen


@pytest.fixture
def citizen(running_service: str) -> Citizen:
    return Citizen(running_service)
