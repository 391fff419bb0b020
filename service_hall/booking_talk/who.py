"""For whom: name and mobile number, and the identity number if the citizen likes."""

from __future__ import annotations

from typing import Literal, get_args

from service_hall.appointments.own import last_person_of
from service_hall.booking_talk.details import Given, masked, open_fields, open_pocket, seal_fields
from service_hall.booking_talk.showing import numbered, option, progress_at
from service_hall.booking_talk.talk import FORM, Talk
from service_hall.conversation.choosing import pick
from service_hall.conversation.reply import QuestionField, QuestionOption, QuestionReply
from service_hall.conversation.turn import Turn
from service_hall.hearing.who.checks import masked_name, masked_phone
from service_hall.hearing.who.fields import PersonField
from service_hall.hearing.who.hiding import NAME_HINT
from service_hall.visits.person import Person

NODE = "person"
SAME, OTHER, SKIP = "same", "other", "skip"
_FIELDS: tuple[PersonField, ...] = get_args(PersonField)
_KINDS: dict[PersonField, Literal["text", "tel", "id_number"]] = {
    "name": "text",
    "phone": "tel",
    "id_number": "id_number",
}


def ask(talk: Talk, misses: int = 0) -> Turn:
    if not talk.answers.person and (last := last_person_of(talk.means, talk.heard.visitor_id)):
        talk = talk.knowing(known=f"{masked_name(last.name)}（{masked_phone(last.phone)}）")
    return talk.ask(NODE, question(talk), misses)


def begin_anew(talk: Talk) -> Talk:
    return talk.knowing(person="", who="", typed=(), lacks=("name", "phone"), changing=False)


def change(talk: Talk) -> Talk:
    """Some of it is wrong; which, this message tells or the next."""
    named = talk.heard.sentence.person_field
    if not talk.answers.person:
        return begin_anew(talk)
    return talk.knowing(changing=named not in talk.answers.lacks, changes=named)


def take_in(talk: Talk) -> Talk | None:
    """What this message says of the person; None if nothing."""
    given = open_pocket(talk.means.safe, talk.heard.visitor_id, talk.heard.context.pocket)
    if not given:
        return None
    talk = talk.noting(*(fault.message for fault in given.faults))
    if talk.heard.sentence.leaves_out_id_number and not given.id_number:
        talk = talk.knowing(no_id_number=True)
    told = {name: value for name in _FIELDS if (value := getattr(given, name))}
    known = _known(talk) | told
    typed = tuple(name for name in _FIELDS if name in told or name in talk.answers.typed)
    return _with_person(talk, known, _still_lacking(talk, given, known)).knowing(typed=typed)


def left_out(talk: Talk) -> Talk | None:
    """跳过, 不用: what need not be given, or need not be changed."""
    sentence, answers = talk.heard.sentence, talk.answers
    if talk.heard.context.pocket:
        return None  # something was given beside it
    if answers.changing and sentence.skips:
        return talk.knowing(changing=False)
    if _asks_for_id_number(talk) and (sentence.skips or sentence.refuses_id_number):
        return _without_id_number(talk)
    said_so = sentence.leaves_out_id_number or ("id_number" in answers.lacks and sentence.skips)
    return _without_id_number(talk) if said_so and not (answers.changing or answers.no_id_number) else None


def read(talk: Talk) -> Talk | Turn | None:
    sentence, options = talk.heard.sentence, _options(talk)
    if picked := pick(sentence.text, options):
        return choose(talk, next(each.value for each in options if each.payload == picked.payload))
    if talk.answers.known and not talk.answers.person and (sentence.means_same_person or talk.heard.agrees):
        return choose(talk, SAME)
    is_not_her = sentence.takes_back and NAME_HINT in sentence.text and any(each.value == OTHER for each in options)
    if sentence.means_somebody_else or is_not_her:
        return choose(talk, OTHER)
    if talk.answers.changing and talk.heard.agrees:
        return talk.knowing(changing=False)
    if _asks_for_id_number(talk) and sentence.gives_id_number:
        return ask(talk.noting(talk.say("id_number_then")))
    return None


def choose(talk: Talk, value: str) -> Talk | Turn | None:
    match value:
        case "same":
            person = last_person_of(talk.means, talk.heard.visitor_id)
            if person is None:
                return ask(begin_anew(talk).knowing(known=""))
            known = {"name": person.name, "phone": person.phone, "id_number": person.id_number}
            return _with_person(talk, {name: told for name, told in known.items() if told}, ())
        case "other":
            anew = begin_anew(talk).knowing(known="")
            return anew.ask(NODE, question(anew))  # without offering the same person once more
        case "skip":
            return _without_id_number(talk)
    return None


def person_of(talk: Talk) -> Person | None:
    known = _known(talk)
    if not known.get("name") or not known.get("phone"):
        return None
    return Person(known["name"], known["phone"], known.get("id_number", ""))


def typed(talk: Talk) -> dict[str, str]:
    """What was told in this talk, whole. Who came last time stays masked: somebody else may hold the device now."""
    return {name: value for name, value in _known(talk).items() if name in talk.answers.typed}


def question(talk: Talk) -> QuestionReply:
    options = _options(talk)
    return QuestionReply(
        text="\n".join((_words(talk), *numbered(options))),
        form=FORM,
        node=NODE,
        kind="text",
        options=tuple(options),
        fields=tuple(_field(talk, name) for name in _asked_for(talk)),
        progress=progress_at(talk, NODE),
    )


def _asks_for_id_number(talk: Talk) -> bool:
    """The open question is whether to leave one."""
    lacks = set(talk.answers.lacks)
    return "id_number" in lacks and not {"name", "phone"} & lacks and not talk.answers.changing


def _without_id_number(talk: Talk) -> Talk:
    lacks = tuple(each for each in talk.answers.lacks if each != "id_number")
    return talk.knowing(lacks=lacks, changing=False, no_id_number=True)


def _known(talk: Talk) -> dict[str, str]:
    return open_fields(talk.means.safe, talk.heard.visitor_id, talk.answers.person)


def _with_person(talk: Talk, known: dict[str, str], lacks: tuple[PersonField, ...]) -> Talk:
    sealed = seal_fields(talk.means.safe, talk.heard.visitor_id, known)
    given_anything = known != _known(talk)
    changing = talk.answers.changing and not given_anything
    return talk.knowing(person=sealed, who=masked(known), lacks=lacks, changing=changing)


def _still_lacking(talk: Talk, given: Given, known: dict[str, str]) -> tuple[PersonField, ...]:
    lacks: list[PersonField] = [name for name in ("name", "phone") if name not in known]
    wrong = {fault.field for fault in given.faults}
    before = talk.answers.lacks
    # Whoever told name and number in one go has read that the identity number may be left out.
    is_open = "id_number" not in known and not talk.answers.no_id_number
    asks_singly = not lacks and before in (("name",), ("phone",)) and is_open
    was_asked = talk.answers.changing and "id_number" in before and is_open  # when something else was put right
    if "id_number" in wrong or asks_singly or was_asked:
        lacks.append("id_number")
    return tuple(lacks)


def _asked_for(talk: Talk) -> tuple[PersonField, ...]:
    answers = talk.answers
    if answers.changing and answers.changes:
        return (answers.changes,)
    if answers.changing or answers.lacks == ("name", "phone"):
        return _FIELDS
    return answers.lacks


def _field(talk: Talk, name: PersonField) -> QuestionField:
    return QuestionField(
        name=name,
        label=talk.say(f"field_{name}"),
        required=name != "id_number" and not talk.answers.changing,
        hint=talk.say(f"hint_{name}"),
        kind=_KINDS[name],
    )


def _options(talk: Talk) -> list[QuestionOption]:
    if _asks_for_id_number(talk):
        return [option(NODE, talk.say("skip_id_number"), SKIP)]
    if talk.answers.known and not talk.answers.person:
        label = talk.say("same_person", known=talk.answers.known)
        return [option(NODE, label, SAME), option(NODE, talk.say("other_person"), OTHER)]
    return []


def _words(talk: Talk) -> str:
    answers = talk.answers
    if answers.changing and answers.changes:
        return talk.say(f"new_{answers.changes}", who=answers.who)
    if answers.changing:
        return talk.say("what_to_change", who=answers.who)
    if answers.known and not answers.person:
        return talk.say("which_person")
    match answers.lacks:
        case ("name", "phone"):
            return talk.say("person")
        case ("name", *_):
            return talk.say("name")
        case ("phone", *_):
            return talk.say("phone")
        case _:
            return talk.say("id_number")
