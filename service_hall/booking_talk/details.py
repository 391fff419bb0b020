"""Name and numbers taken out of a message before anything else sees it, and kept sealed until the booking is made."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from functools import partial

from service_hall.conversation.flow import TakenOut
from service_hall.hearing.notions import says
from service_hall.hearing.who.checks import Details, Fault, masked_id_number, masked_name, masked_phone
from service_hall.hearing.who.details import FEWEST_DIGITS, read_details
from service_hall.hearing.who.hiding import hiding_name, without_name
from service_hall.hearing.who.masking import mask_personal_numbers, write_numbers_plainly
from service_hall.hearing.who.names_beside import (
    is_answer_without_name,
    is_common_word,
    is_no_name,
    is_ordinary_word,
    name_beside_number,
)
from service_hall.hearing.who.names_put_right import names_alone, read_name_put_right
from service_hall.shared.ids import VisitorId
from service_hall.shared.safe import Safe, SealBroken
from service_hall.visits.means import Means

# A number that is wrong by a digit is as private as the right one; where nobody is asked for one, it has to be long.
_MANY_DIGITS = 11
_ANOTHER_NAME = Fault("name", "您写的名字和办事人的不一样，要改的话请写成“姓名：王小明”这样。")


@dataclass(frozen=True)
class Given:
    """What a message said of the person; faults are told to the citizen."""

    name: str = ""
    phone: str = ""
    id_number: str = ""
    faults: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        return "Given(…)"  # must not reach a log by way of a traceback

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.id_number or self.faults)


def take_out(
    means: Means, visitor_id: VisitorId, text: str, *, expect_name: bool, at_person: bool = False, known: str = ""
) -> TakenOut:
    """`expect_name`: a word alone may be the name. `at_person`: the person is being asked for. `known`: the name that
    the talk has, which may be said again or put right."""
    today, asked = means.now().date(), expect_name and not is_answer_without_name(text)
    any_of = FEWEST_DIGITS if at_person else _MANY_DIGITS
    said = write_numbers_plainly(text, any_of)
    is_word, is_common = partial(_is_no_name, means), partial(_is_common, means)
    alone = partial(_is_ordinary, means) if asked else is_common
    details = read_details(said, today, expect_name=asked, is_word=is_word, is_common_word=alone, any_of=any_of)
    put_right = read_name_put_right(said, known, is_common)
    given = _given(details, said if asked else "", put_right.new, means)
    hidden = without_name(given.name, text)
    told = {put_right.old, known} - {""}
    if (known or at_person) and not says("sounds_like_yes", text):
        told.update(names_alone(said, is_common))
    if known and not given.name and told != {known}:
        given = replace(given, faults=(*given.faults, _ANOTHER_NAME))
    for name in sorted(told):
        hidden = hiding_name(name, hidden)
    left = mask_personal_numbers(hidden, any_of)
    if not given:
        return TakenOut(left)
    sealed = json.dumps(
        {
            **{name: value for name in ("name", "phone", "id_number") if (value := getattr(given, name))},
            "faults": [{"field": fault.field, "message": fault.message} for fault in given.faults],
        },
        ensure_ascii=False,
    )
    return TakenOut(left, means.safe.seal(sealed, visitor_id))


def open_pocket(safe: Safe, visitor_id: VisitorId, sealed: str) -> Given:
    kept = opened(safe, visitor_id, sealed)
    told = kept.pop("faults", ())
    faults = tuple(Fault(**fault) for fault in told) if isinstance(told, list) else ()
    return Given(**{name: str(value) for name, value in kept.items() if name in _FIELDS}, faults=faults)


def open_fields(safe: Safe, visitor_id: VisitorId, sealed: str) -> dict[str, str]:
    """Of the person as far as known."""
    return {name: str(value) for name, value in opened(safe, visitor_id, sealed).items() if name in _FIELDS}


def seal_fields(safe: Safe, visitor_id: VisitorId, known: dict[str, str]) -> str:
    return safe.seal(json.dumps(known, ensure_ascii=False), visitor_id) if known else ""


def opened(safe: Safe, visitor_id: VisitorId, sealed: str) -> dict[str, object]:
    """Empty for what another key sealed, or for somebody else: then it is asked again."""
    if not sealed:
        return {}
    try:
        kept = json.loads(safe.open(sealed, visitor_id))
    except (SealBroken, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def masked(known: dict[str, str]) -> str:
    parts = (("name", masked_name), ("phone", masked_phone), ("id_number", masked_id_number))
    return "，".join(mask(known[name]) for name, mask in parts if known.get(name))


_FIELDS = frozenset(each.name for each in fields(Given)) - {"faults"}


def _given(details: Details, said: str, put_right: str, means: Means) -> Given:
    name = put_right or details.name or (name_beside_number(said) if details.phone else None)
    if not put_right and details.name is None and isinstance(name, str) and _is_no_name(means, name):
        name = None
    found = {"name": name, "phone": details.phone, "id_number": details.id_number}
    faults = tuple(value for value in found.values() if isinstance(value, Fault))
    return Given(**{name: value for name, value in found.items() if isinstance(value, str)}, faults=faults)


def _is_no_name(means: Means, word: str) -> bool:
    return is_no_name(means.hear(word))


def _is_ordinary(means: Means, word: str) -> bool:
    return is_ordinary_word(means.hear(word))


def _is_common(means: Means, word: str) -> bool:
    return is_common_word(means.hear(word))
