from __future__ import annotations

from collections.abc import Callable

import pytest

from service_hall.shared.ids import new_answer_id, new_message_id, new_visitor_id


@pytest.mark.parametrize(("new", "mark"), [(new_visitor_id, "v_"), (new_message_id, "m_"), (new_answer_id, "a_")])
def test_ids_are_marked_long_and_never_alike(new: Callable[[], str], mark: str) -> None:
    made = {new() for _ in range(500)}
    assert len(made) == 500 and all(each.startswith(mark) and len(each) >= 18 for each in made)


def test_ids_fit_into_an_address_as_they_are() -> None:
    assert all(new_visitor_id().replace("-", "").replace("_", "").isalnum() for _ in range(100))
