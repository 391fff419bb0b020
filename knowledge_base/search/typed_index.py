"""Texts laid out so that what begins with some letters, written or heard, is found by halving. Built whole, never
changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.pinyin import load_sounds
from knowledge_base.language.plain import plain
from knowledge_base.language.typed import MOST_TYPED, Unit
from knowledge_base.search.index import IndexedText

LONGEST = 32
"""Characters of a text that are found by."""
_WRITTEN, _HEARD = 4, 8
"""Letters packed into one number: 16 bits each as written, 8 the first letter of each sound."""
_END = 0
Places = NDArray[np.int64]


class TypedIndex:
    def __init__(self, texts: Iterable[IndexedText]) -> None:
        """Of items with a guide, each once an item."""
        own = {(text.guide_id, text.text): text for text in texts if text.has_guide and plain(text.text)}
        # The shortest is the likeliest: whoever wants more of it types on.
        ordered = sorted(own.values(), key=lambda text: len(text.text))
        self.texts = tuple(text.text for text in ordered)
        self._items = tuple(dict.fromkeys(text.guide_id for text in ordered))
        place = {item: at for at, item in enumerate(self._items)}
        self._item_of = np.array([place[text.guide_id] for text in ordered], np.int32)
        bare = [plain(text.text)[:LONGEST] for text in ordered]
        gap = "\0" * MOST_TYPED  # whatever is typed ends within it
        self._begin = np.cumsum([0, *(len(each) + 1 for each in bare)])[:-1] if bare else np.zeros(0, np.int64)
        self._letters = np.frombuffer(("\0".join((*bare, gap))).encode("utf-16-le", "replace"), np.uint16)
        self._sounds, self._sound_at = _heard(bare, len(self._letters))
        first = np.array([ord(each[0]) if each else _END for each in self._sounds], np.uint8)
        self._initials = first[self._sound_at]
        at = np.flatnonzero(self._letters)
        self._by_letters, self._written = _sorted(self._letters, at, _WRITTEN, 16)
        # By its sound a question is found from its beginning alone: sfz stands somewhere in every tenth.
        is_name = np.repeat([text.is_name for text in ordered], [len(each) + 1 for each in bare]).astype(np.bool_)
        begins = np.zeros(len(self._letters), np.bool_)
        begins[self._begin] = True
        spoken = at[(begins[at] | is_name[at])] if len(at) else at
        self._by_sound, self._heard = _sorted(self._initials, spoken, _HEARD, 8)

    def without(self, items: Collection[str]) -> NDArray[np.bool_]:
        """Of each text, whether it is of none of these."""
        return ~np.isin(self._item_of, [at for at, item in enumerate(self._items) if item in items])

    def fitting(self, units: Sequence[Unit], is_there: NDArray[np.bool_], most: int) -> list[tuple[bool, int]]:
        """The best, in order: (whether it stands further in, place of the text). `is_there`: see `without`."""
        if all(unit.written for unit in units):
            places = _range(self._by_letters, self._written, [ord(unit.written) for unit in units], _WRITTEN, 16)
            checked = units[_WRITTEN:]
            places = self._that_go_on(places, checked, len(units) - len(checked))
        else:
            spoken = [self._initial_of(unit) for unit in units]
            places = self._that_go_on(_range(self._by_sound, self._heard, spoken, _HEARD, 8), units, 0)
        text_of = np.searchsorted(self._begin, places, "right") - 1
        there = is_there[text_of]
        places, text_of = places[there], text_of[there]
        order = text_of + np.where(self._begin[text_of] == places, 0, len(self.texts))
        if len(order) > 4 * most:
            order = np.partition(order, 4 * most)[: 4 * most]  # a text may have it twice
        found = dict.fromkeys(np.sort(order).tolist())
        return [(each >= len(self.texts), each % len(self.texts)) for each in found][:most]

    def _that_go_on(self, places: Places, units: Sequence[Unit], after: int) -> Places:
        for offset, unit in enumerate(units, start=after):
            if not len(places):
                break
            if unit.written:
                places = places[self._letters[places + offset] == ord(unit.written)]
            elif len(unit.sound) > 1:  # one letter is what they were found by
                fits = np.array([each.startswith(unit.sound) for each in self._sounds], np.bool_)
                places = places[fits[self._sound_at[places + offset]]]
            elif offset >= _HEARD:
                places = places[self._initials[places + offset] == ord(unit.sound)]
        return places

    def _initial_of(self, unit: Unit) -> int:
        sound = unit.sound or load_sounds().of_character.get(unit.written, unit.written)
        return ord(sound[0]) if sound.isascii() else _END


def _heard(bare: Sequence[str], length: int) -> tuple[list[str], NDArray[np.uint16]]:
    """Every sound, and which is at each place; what is no Chinese sounds as it is written."""
    sounds, number = load_sounds(), {"": 0}
    at = np.zeros(length, np.uint16)
    place = 0
    for text in bare:
        for letter, sound in zip(text, sounds.of(text), strict=True):
            at[place] = number.setdefault(sound or (letter if letter.isascii() else ""), len(number))
            place += 1
        place += 1
    return list(number), at


def _sorted(letters: NDArray[np.integer], at: Places, most: int, bits: int) -> tuple[NDArray[np.uint64], Places]:
    """The first letters from each place on, packed, in order; and the places."""
    packed = np.zeros(len(at), np.uint64)
    goes_on = np.ones(len(at), np.bool_)
    for offset in range(most):
        beside = letters[np.minimum(at + offset, len(letters) - 1)].astype(np.uint64)
        goes_on &= beside != _END
        packed = (packed << np.uint64(bits)) | np.where(goes_on, beside, np.uint64(_END))
    order = np.argsort(packed, kind="stable")
    return packed[order], at[order].astype(np.int64)


def _range(packed: NDArray[np.uint64], places: Places, letters: Sequence[int], most: int, bits: int) -> Places:
    """That begin with these letters."""
    begun = letters[:most]
    rest = (most - len(begun)) * bits
    low = 0
    for letter in begun:
        low = low << bits | letter
    high = ((low + 1) << rest) - 1
    ends = (np.searchsorted(packed, np.uint64(low << rest), "left"), np.searchsorted(packed, np.uint64(high), "right"))
    return places[slice(*ends)]
