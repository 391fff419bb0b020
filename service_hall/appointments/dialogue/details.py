"""Name and numbers taken out of a message before anything else sees it, and kept sealed until the booking is made."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields

from knowledge_base.library import Library
from knowledge_base.search.asking import residue_of
from service_hall.appointments.dialogue import signals
from service_hall.appointments.dialogue.reading import office_named_in
from service_hall.appointments.person import Details, Fault, check_name, masked_id_number, masked_name, masked_phone
from service_hall.appointments.personal_details import SPELLED_NUMBER, read_details
from service_hall.appointments.spoken_time import read_when
from service_hall.conversation.flow import TakenOut
from service_hall.conversation.masking import mask_personal_numbers
from service_hall.shared.ids import VisitorId
from service_hall.shared.safe import Safe, SealBroken
from service_hall.visits.means import Means

_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ＋", "0123456789Xx+")
# A number that is wrong by a digit is as private as the right one; 2026-12-01 10 is a time.
_LONG_NUMBER = re.compile(r"(?<![\d*])(?!20\d\d-\d)(?:\d[ \-—–]?){10,20}[\dXx](?![\d*])")
_ANY_NUMBER = re.compile(r"(?<![\d*])(?!20\d\d-\d)\+?(?:\d[ \-—–]?){6,24}[\dXx](?![\d*])")
_NO_NAME = re.compile(
    r"[哈呵嗯哦嘿啊呃额哎诶唉]|^[手电号身证联]|^(?:我?[约要办去来改换选想帮请问]|稍等|等会|没事|怎么|候补|下次|改天|同上|[第就]|随时|尽快|转)|[约办号证]$"
)
_WORD = r"([\u3400-\u9fff·]{2,12})"
_BESIDE_NUMBER = re.compile(
    rf"(?:^|[\s，,。;；、]){_WORD}[\s，,、:：]{{0,2}}(?=\+?\d{{11}})|(?<=\d{{11}})[\s，,、]{{0,2}}{_WORD}(?=$|[\s，,。;；、])"
)


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


def take_out(means: Means, visitor_id: VisitorId, text: str, *, expect_name: bool, at_person: bool = False) -> TakenOut:
    """`expect_name`: a word alone may be the name. `at_person`: the person is being asked for."""
    said = text.translate(_HALF_WIDTH)
    asked = expect_name and not _is_control(said)
    details = read_details(said, means.now().date(), expect_name=asked, is_word=lambda word: _is_no_name(word, means))
    given = _given(details, said if asked else "", means)
    pattern = _ANY_NUMBER if at_person else _LONG_NUMBER
    left = SPELLED_NUMBER.sub("〔号码〕", pattern.sub("〔号码〕", mask_personal_numbers(_without(given.name, said))))
    if not given:
        return TakenOut(left if left != mask_personal_numbers(said) else text)
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


def _given(details: Details, said: str, means: Means) -> Given:
    name = details.name or (_name_beside_number(said) if details.phone else None)
    if details.name is None and isinstance(name, str) and _is_no_name(name, means):
        name = None
    found = {"name": name, "phone": details.phone, "id_number": details.id_number}
    faults = tuple(value for value in found.values() if isinstance(value, Fault))
    return Given(**{name: value for name, value in found.items() if isinstance(value, str)}, faults=faults)


def _name_beside_number(said: str) -> str | None:
    """约明天上午 王小明 138…: the word that stands with the number."""
    for found in _BESIDE_NUMBER.finditer(said):
        name = check_name(found[1] or found[2])
        if isinstance(name, str):
            return name
    return None


def _is_control(said: str) -> bool:
    return (
        signals.skips(said)
        or signals.same_person(said)
        or signals.somebody_else(said)
        or signals.wants_other_time(said)
        or signals.wants_other_office(said)
    )


def _is_no_name(name: str, means: Means) -> bool:
    """材料, 北屏区, 驾驶证 and 后天 are short words too."""
    library: Library = means.library()
    return bool(
        _NO_NAME.search(name)
        or not residue_of(name)
        or library.region_named_in(name)
        or office_named_in(name, library)
        or read_when(name, means.now(), means.calendar)
        or any(hit.named for hit in library.find(name).hits[:3])
    )


def _without(name: str, said: str) -> str:
    """The name may have been written with spaces or another dot."""
    if not name:
        return said
    loosely = r"\s*".join("[·•・‧∙●.]" if letter == "·" else re.escape(letter) for letter in name if letter != " ")
    hidden = re.sub(loosely, "〔姓名〕", said)
    return hidden if hidden != said else "〔姓名〕"
