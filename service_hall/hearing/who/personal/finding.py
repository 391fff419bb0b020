"""All that is personal in a text, at the places where it stands as it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from service_hall.hearing.who.personal.documents import find_documents, find_mail, find_plates
from service_hall.hearing.who.personal.everyday import without_public
from service_hall.hearing.who.personal.folding import Folded, fold
from service_hall.hearing.who.personal.found import Found, united
from service_hall.hearing.who.personal.labelled import find_labelled
from service_hall.hearing.who.personal.numbers import find_any_numbers, find_numbers

# Stands for what is found already. A letter: digits on its two sides are two numbers.
_TAKEN = "某"


def find_personal(text: str, any_of: int = 0) -> list[Found]:
    """In order, none over another. `any_of`: every other number of so many digits too."""
    return united(
        replace(each, start=folded.place(each.start, each.end)[0], end=folded.place(each.start, each.end)[1])
        for folded in fold(text)
        for each in _in_folded(folded, any_of)
    )


def _in_folded(folded: Folded, any_of: int) -> Iterator[Found]:
    """Each errand looks at what those before it have left."""
    letters = without_public(folded.letters, _TAKEN)
    digits = "".join(
        _TAKEN if letter == _TAKEN else digit for letter, digit in zip(letters, folded.digits, strict=True)
    )
    for find, is_spelled in _ERRANDS:
        found = united(find(letters if is_spelled else digits))
        letters, digits = _taken(letters, found), _taken(digits, found)
        yield from found
    if any_of:
        yield from find_any_numbers(digits, any_of)


# And whether letters count: an O is no 0 in a passport's number.
_ERRANDS: tuple[tuple[Callable[[str], Iterable[Found]], bool], ...] = (
    (find_mail, True),
    (find_numbers, False),
    (find_plates, True),
    (find_documents, True),
    (find_labelled, False),
)


def _taken(text: str, found: list[Found]) -> str:
    for each in found:
        text = text[: each.start] + _TAKEN * (each.end - each.start) + text[each.end :]
    return text
