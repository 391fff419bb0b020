from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing_town import PublishingTown


@pytest.fixture
def town(tmp_path: Path) -> Iterator[PublishingTown]:
    made = PublishingTown(tmp_path)
    yield made
    made.engine.dispose()
