"""How a turn at the desk can end. Each gives the whole `Turn`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.hall_topics import Told, TopicKind, is_topic
from knowledge_base.model import NATIONAL, Aspect
from knowledge_base.offices import Office
from knowledge_base.search.find import Decision, Hit, NotFound
from knowledge_base.search.statement_reader import Read
from knowledge_base.statements import Statement
from service_hall.conversation.answering import MOST_OFFICES, statement_asked
from service_hall.conversation.answering import answer as answer_from
from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.context import Context
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.enquiry.elsewhere import led_by_the_rule_there, noted_behind_the_first_line, rule_there
from service_hall.conversation.enquiry.hints import FROM_OFFICES, hint_of, read_of, short_answer
from service_hall.conversation.message import THEME, TURN_DOWN, Chosen, command_payload, read_command, read_payload
from service_hall.conversation.reply import Choice, Outcome, TextReply, ask_payload
from service_hall.conversation.telling_topics import tell
from service_hall.conversation.turn import Turn
from service_hall.conversation.whereabouts import place_of
from service_hall.conversation.wording import button_label
from service_hall.conversation.wording import say as in_words
from service_hall.hearing.when.spoken_time import When
from service_hall.shared.ids import new_answer_id

MOST_LAWFUL = 2
"""Items offered to whoever wants help to break the law."""


def answer(
    asked: Asked,
    found_id: str,
    aspects: Sequence[Aspect],
    *,
    question: str | None = None,
    sentence: str = "",
    leading: Statement | None = None,
    meant: Sequence[Aspect] = (),
) -> Turn:
    """`found_id`: of a guide or a topic. `question`: the last one that named its item, if this one did. `leading`: what
    answers, where that is known. `meant`: the aspects once more, by what the guide says to the sentence, where they
    were read so closely."""
    if is_topic(found_id):
        return tell_of(asked, found_id)
    guide = asked.library.guide(found_id, asked.context.region)
    if guide is None:
        name = asked.library.names.get(found_id)
        return not_found(asked, Hit(found_id, 1.0, name, False) if name else None)
    outright = leading or statement_asked(guide, sentence, aspects)
    read = read_of(asked, guide, sentence, aspects, outright)
    if meant and not outright:
        aspects, read = meant, Read() if meant[0] in FROM_OFFICES else read
    place = place_of(guide.id, asked.library, asked.context.region)
    others = asked.said.other_places if place.region != NATIONAL else ()
    there = rule_there(asked, guide.id, others, sentence, aspects) if others else None
    read = led_by_the_rule_there(there, read) if there else read
    reply = answer_from(
        new_answer_id(),
        guide,
        aspects,
        asked.library,
        place,
        read,
        is_outright=outright is not None and there is None,
        is_clear=aspects[0] in asked.clear_aspects and aspects[0] is not Aspect.OVERVIEW,
    )
    if reply.aspect is Aspect.OFFICE_HOURS and not read.leading:
        reply = reply.led_by(
            "".join(f"{each.name}{_open_or_not(asked, each, guide.id)}。\n" for each in place.offices[:MOST_OFFICES])
        )
    if others:
        here = asked.library.regions[place.region].name
        note = in_words("rest_of_here" if there else "of_another_place", here=here, place="、".join(others))
        reply = noted_behind_the_first_line(reply, note) if there else reply.led_by(note + "\n")
    before = asked.context
    carried = Context(
        guide_id=found_id,
        aspect=reply.aspect,
        region=before.region,
        question=before.question if question is None else question,
        talked_about=before.talked_about_before(found_id),
    )
    return Turn(Outcome.ANSWERED, (reply,), carried)


def tell_of(asked: Asked, topic_id: str, first: Told | None = None) -> Turn:
    """A topic of the hall. Asked in passing, it leaves the item where it was; a matter or an event is a new subject.
    `first`: the part of it that is asked for."""
    library, context = asked.library, asked.context
    topic = library.topic(topic_id, context.region)
    if topic is None:
        return not_found(asked, None)
    place = place_of(topic_id, library, context.region)
    facts = asked.facts.of(library, place.region, asked.said.office)
    reply = tell(new_answer_id(), topic, place, facts, library, first)
    hall = asked.said.office or library.main_hall(place.region)
    if topic.aspect is Aspect.OFFICE_HOURS and hall and isinstance(asked.said.when, When):
        reply = reply.led_by(f"{hall.name}{_open_or_not(asked, hall)}。\n")
    carried = context.model_copy(update={"options": (), "missed": 0})
    if topic.kind is not TopicKind.HALL:
        carried = carried.about(topic_id, asked.said.text).model_copy(update={"aspect": topic.aspect})
    return Turn(Outcome.ANSWERED, (reply,), carried)


def _open_or_not(asked: Asked, office: Office, guide_id: str = "") -> str:
    """On the day that is asked of, or now."""
    when = asked.said.when
    days = when.days if isinstance(when, When) else ()
    return asked.facts.then(office, days, guide_id) or asked.facts.now(office, guide_id)


def offer(asked: Asked, choices: Sequence[Hit], aspect: Aspect, question: str) -> Turn:
    if asked.context.missed >= 1 and set(asked.offered) & {hit.guide_id for hit in choices}:
        # These were offered before and did not help: an honest end instead of a circle.
        return not_found(asked, None)
    choices = [hit for hit in choices if hit.guide_id not in asked.context.turned_down]
    if not choices:
        return not_found(asked, None)
    options = tuple(choice_of(asked, hit.guide_id, aspect) for hit in choices)
    opening = _telling_each(asked, options, question, aspect)
    if len(options) == 1:
        told = short_answer(asked, choices[0].guide_id, question, _aspects(asked, aspect))
        opening = _guessing(asked, choices[0].guide_id, told)
        options = _yes_or_no(options[0])
    carried = asked.context.model_copy(
        update={"options": options, "question": question, "choosing": question, "missed": 1, "begun": ""}
    )
    return Turn(Outcome.CLARIFY, (choices_reply(opening, options),), carried)


def turn_down(asked: Asked) -> Turn:
    """The guess is not what is meant."""
    turned_down = tuple(dict.fromkeys((*asked.context.turned_down, *asked.offered)))
    carried = asked.context.model_copy(update={"turned_down": turned_down})
    return say(replace(asked, context=carried), "deny", Outcome.ANSWERED)


def _aspects(asked: Asked, first: Aspect) -> tuple[Aspect, ...]:
    return asked.aspects if asked.aspects[0] is first else (first,)


def _telling_each(asked: Asked, options: Sequence[Choice], question: str, aspect: Aspect) -> str:
    """What there is to choose from, each with what it would answer."""
    told = []
    for option in options:
        chosen = read_payload(option.payload)
        hint = hint_of(asked, chosen.guide_id, question, _aspects(asked, aspect)) if chosen else ""
        told += [f"· {option.label}：{hint}"] if hint else []
    return "\n".join((in_words("choices_differ"), *told, in_words("choose_for_more"))) if told else in_words("choices")


def _guessing(asked: Asked, found_id: str, told: str = "") -> str:
    guess = in_words("guess", item=asked.library.title(found_id))
    return f"{guess}{in_words('if_so')}\n{told}" if told else guess


def _yes_or_no(guess: Choice) -> tuple[Choice, ...]:
    no = Choice(label=button_label("guess_no"), payload=command_payload(TURN_DOWN))
    return (guess.model_copy(update={"label": button_label("guess_yes")}), no)


def not_found(asked: Asked, known: Hit | None) -> Turn:
    if known is not None:
        return say(asked, "known_item", Outcome.NOT_FOUND, item=asked.library.names[known.guide_id])
    found = asked.found
    matter = found.beyond if isinstance(found, NotFound) else None
    perhaps = _perhaps(asked, found) if matter else None
    if matter and matter.handled_by:
        turn = say(asked, "beyond_item", Outcome.NOT_FOUND, item=matter.name, handled_by=matter.handled_by)
    else:
        turn = say(asked, "no_such_item" if perhaps else "unknown_item", Outcome.NOT_FOUND)
    return _offering_too(asked, turn, perhaps) if perhaps else turn


def _perhaps(asked: Asked, found: Decision) -> Hit | None:
    """公司搬家 is what a removal firm does, and may be a company's new address all the same: what would be answered if
    nothing beyond the catalogue came nearer."""
    best = next(iter(found.hits), None)
    if best is None or best.guide_id in (*asked.context.turned_down, *asked.offered):
        return None
    is_likely = best.score >= asked.library.calibration.answer_floor
    return best if is_likely and asked.library.guide(best.guide_id, asked.context.region) else None


def _offering_too(asked: Asked, turn: Turn, perhaps: Hit) -> Turn:
    """What was said, and a service to choose behind it."""
    options = (choice_of(asked, perhaps.guide_id, asked.aspects[0]),)
    told = [each.text for each in turn.replies if isinstance(each, TextReply)]
    text = asked.said.text
    carried = turn.context.model_copy(update={"options": options, "question": text, "choosing": text})
    return Turn(turn.outcome, (choices_reply("\n".join((*told, in_words("perhaps_item"))), options),), carried)


def decline(asked: Asked, lawfully: Sequence[Hit]) -> Turn:
    """Help to break the law: not for anybody. `lawfully`: items to offer instead, best first."""
    library, region = asked.library, asked.context.region
    ids = [hit.guide_id for hit in lawfully if library.guide(hit.guide_id, region)][:MOST_LAWFUL]
    told = in_words("unlawful")
    if not ids:
        closing = in_words("unlawful_ask", **asked.facts_here)
        carried = asked.context.model_copy(update={"options": (), "missed": 0, "begun": ""})
        return Turn(Outcome.NOT_FOUND, (TextReply(text=f"{told}\n{closing}"),), carried)
    options = tuple(choice_of(asked, guide_id, Aspect.OVERVIEW) for guide_id in ids)
    carried = asked.context.model_copy(update={"options": options, "choosing": "", "missed": 0, "begun": ""})
    return Turn(Outcome.CLARIFY, (choices_reply(f"{told}\n{in_words('unlawful_items')}", options),), carried)


def say(asked: Asked, name: str, outcome: Outcome, **filled: str) -> Turn:
    text = in_words(name, **asked.facts_here, **filled)
    carried = asked.context.model_copy(update={"options": (), "missed": 0, "begun": ""})
    return Turn(outcome, (TextReply(text=text),), carried)


def list_theme(asked: Asked, item_id: str) -> Turn:
    """The services of the theme of that item."""
    published = asked.library.published
    theme = asked.library.theme_of(item_id)
    guides = [item.id for item in published.catalogue if item.theme == theme and item.id in published.documents]
    if not guides:
        return not_found(asked, None)
    if len(guides) == 1:
        return answer(asked, guides[0], (Aspect.OVERVIEW,), question=theme)
    options = tuple(choice_of(asked, guide_id, Aspect.OVERVIEW) for guide_id in guides)
    carried = asked.context.model_copy(update={"options": options, "question": theme, "choosing": "", "missed": 0})
    return Turn(Outcome.CLARIFY, (choices_reply(in_words("items_of_theme", theme=theme), options),), carried)


def take(asked: Asked, option: Choice) -> Turn:
    chosen, command = read_payload(option.payload), read_command(option.payload)
    if command and command.intent == THEME:
        return list_theme(asked, command["guide_id"])
    if command and command.intent == TURN_DOWN:
        return turn_down(asked)
    if chosen is None:
        return offer_again(asked, "no_such_option")
    return take_chosen(asked, chosen)


def take_chosen(asked: Asked, chosen: Chosen) -> Turn:
    """Asked back of what, nobody has to say once more what: the question that led to the choice is answered."""
    is_offered = chosen.guide_id in asked.offered and asked.context.choosing
    name, aspects = asked.library.title(chosen.guide_id), (chosen.aspect,)
    if not is_offered:
        return answer(asked, chosen.guide_id, aspects, question=name)
    sentence = asked.context.choosing
    meant = asked.aspects_in(chosen.guide_id, sentence, aspects)
    return answer(asked, chosen.guide_id, aspects, question=name, sentence=sentence, meant=meant)


def offer_again(asked: Asked, name: str) -> Turn:
    if not asked.context.options:
        return say(asked, "nothing_to_choose", Outcome.NOT_FOUND)
    if asked.guess:
        return Turn(
            Outcome.CLARIFY, (choices_reply(_guessing(asked, asked.guess), asked.context.options),), asked.context
        )
    return Turn(Outcome.CLARIFY, (choices_reply(in_words(name), asked.context.options),), asked.context)


def offer_of(asked: Asked, aspect: Aspect) -> Turn:
    """What is on the table once more: now this is asked of it."""
    options = tuple(choice_of(asked, guide_id, aspect) for guide_id in asked.offered)
    missed = asked.context.missed + 1
    carried = asked.context.model_copy(
        update={"options": options, "choosing": asked.said.text, "missed": missed, "begun": ""}
    )
    return Turn(Outcome.CLARIFY, (choices_reply(in_words("choices_again"), options),), carried)


def ask_which_item(asked: Asked, aspect: Aspect) -> Turn:
    options = tuple(choice_of(asked, guide_id, aspect) for guide_id in asked.library.most_asked)
    said = asked.said.text
    carried = asked.context.model_copy(update={"options": options, "aspect": aspect, "begun": said, "choosing": said})
    return Turn(Outcome.CLARIFY, (choices_reply(in_words("ask_which_item"), options),), carried)


def choice_of(asked: Asked, found_id: str, aspect: Aspect) -> Choice:
    return Choice(label=asked.library.title(found_id), payload=ask_payload(aspect, found_id))
