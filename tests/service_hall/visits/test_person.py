"""Who comes is sealed to the visit, and recognised without being read."""

from __future__ import annotations

import pytest

from service_hall.shared.safe import SealBroken
from service_hall.visits.person import Person, open_person, seal_person
from service_hall.visits.visit import VisitId
from tests.visit_town import FakeSafe

SAFE = FakeSafe()
VISIT = VisitId("w_1")
WANG = Person("王小明", "13800000001", "110101199003070011")


def test_what_is_sealed_opens_for_its_visit() -> None:
    assert open_person(seal_person(WANG, VISIT, SAFE), VISIT, SAFE) == WANG


def test_it_does_not_open_for_another_visit() -> None:
    with pytest.raises(SealBroken):
        open_person(seal_person(WANG, VISIT, SAFE), VisitId("w_2"), SAFE)


def test_the_keys_show_nothing_of_the_person() -> None:
    keys = " ".join(seal_person(WANG, VISIT, SAFE).keys)
    assert not any(each in keys for each in (WANG.name, WANG.phone, WANG.id_number))


def test_one_person_has_the_same_keys_in_every_visit() -> None:
    assert seal_person(WANG, VISIT, SAFE).keys == seal_person(WANG, VisitId("w_2"), SAFE).keys


def test_a_person_is_known_by_the_number_or_by_name_and_phone() -> None:
    keys = set(seal_person(WANG, VISIT, SAFE).keys)
    with_other_phone = seal_person(Person("王小明", "13900000009", WANG.id_number), VISIT, SAFE)
    without_number = seal_person(Person(WANG.name, WANG.phone), VISIT, SAFE)
    assert keys & set(with_other_phone.keys)
    assert keys & set(without_number.keys)
    assert len(without_number.keys) == 1


def test_a_family_that_shares_a_phone_is_not_one_person() -> None:
    keys = set(seal_person(WANG, VISIT, SAFE).keys)
    assert not keys & set(seal_person(Person("王大明", WANG.phone), VISIT, SAFE).keys)


def test_a_person_does_not_print() -> None:
    assert "王" not in f"{WANG} {WANG!r} {[WANG]}"
    assert WANG.phone not in repr(WANG)
