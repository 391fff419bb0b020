from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from server.garbage import spare_the_collector


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Shelf:
    """Holds itself: counted references alone do not free it."""

    def __init__(self) -> None:
        self.own = self


def test_what_is_there_is_looked_through_no_more() -> None:
    shelf = Shelf()

    spare_the_collector()

    assert not any(each is shelf for each in gc.get_objects())


def test_what_went_since_is_freed_the_next_time() -> None:
    shelf = Shelf()
    seen = weakref.ref(shelf)
    spare_the_collector()

    del shelf
    spare_the_collector()

    assert seen() is None
