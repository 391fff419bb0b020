"""What stands for a caller's key."""

from __future__ import annotations

from service_hall.visits.keys import Operation, kept_key


def test_however_long_a_key_is_what_is_kept_has_one_length() -> None:
    assert {len(kept_key(operation, "k" * length)) for operation in Operation for length in (0, 1, 200, 10_000)} == {64}


def test_one_key_is_another_for_every_operation() -> None:
    assert len({kept_key(operation, "tap") for operation in Operation}) == len(Operation)


def test_keys_that_differ_at_the_very_end_are_two() -> None:
    assert kept_key(Operation.BOOK, "k" * 200) != kept_key(Operation.BOOK, "k" * 199 + "l")
