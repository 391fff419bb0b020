"""What can be begun from what the enquiry has said, where nothing is open: the one list of a life event, a booking."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.language.plain import plain
from knowledge_base.scenarios.english import is_english
from knowledge_base.scenarios.model import Scenario
from knowledge_base.search.find import Answered
from knowledge_base.search.lived import Telling
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import choices_reply, opening_of
from service_hall.conversation.message import AWAIT, SCENARIO, command_payload
from service_hall.conversation.reply import AnswerReply, Choice, ChoicesReply, Outcome, Reply, TextReply
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import button_label, say
from service_hall.hearing.denying import is_denied
from service_hall.reception.arrived import Arrived, Staff
from service_hall.scenarios.talk.walk import english

_TELLS = frozenset({Act.ASK, Act.MATTER, Act.COMPLAINT, Act.PROGRESS, Act.OUT_OF_SCOPE})
"""Thanks and greetings tell of nothing."""
_MAY_WAIT = frozenset({Act.ASK, Act.MATTER})
FOUND_NOTHING = frozenset({"finds_nothing", "offers_choices", "answers_item"})
"""Rules that looked everywhere, would offer again what did not help, or know an item without a guide. What is no
service will never have an answer."""
FEWEST = 4
"""Characters of a question that somebody can answer."""


def offering(arrived: Arrived, turn: Turn) -> Turn:
    if not turn.replies:
        return turn
    last = turn.replies[-1]
    if isinstance(last, ChoicesReply):
        return _among_choices(arrived, turn, last)
    if isinstance(last, TextReply):
        return _beside_words(arrived, turn, last)
    return replace(turn, replies=tuple(_below(arrived, reply) for reply in turn.replies))


def offering_afterwards(arrived: Arrived, turn: Turn, said: TextReply) -> Turn:
    """Behind whom to call this minute (工地上摔下来，流了好多血): the list of what comes after it, where that is
    clearly told and nothing is open."""
    context = turn.context
    scenario = None if context.walks or context.options else _lived(arrived, Telling.ALONE)
    if scenario is None:
        return turn
    options = (choice_of_list(scenario),)
    shown = choices_reply(say("scenario_afterwards"), options)
    return replace(turn, replies=(said, shown), context=context.model_copy(update={"options": options}))


def _below(arrived: Arrived, reply: Reply) -> Reply:
    return _bookable(arrived.staff, _listable(arrived, reply))


def _listable(arrived: Arrived, reply: Reply) -> Reply:
    """What befell somebody, or an answer to a sentence that tells of it (我要离婚), offers the one list of it. The
    sources stay last."""
    if not isinstance(reply, AnswerReply):
        return reply
    library, text = arrived.staff.library(), arrived.heard.text
    found = library.find(text) if text else None
    is_named = isinstance(found, Answered) and found.hit.named
    telling = Telling.BESIDE_NAMED if is_named else Telling.BESIDE
    scenario = library.scenario_of(reply.guide_id) or _lived(arrived, telling)
    if scenario is None:
        return reply
    choice = Choice(label=button_label("scenario"), payload=command_payload(SCENARIO, guide_id=scenario.id))
    before, _, sources = reply.text.rpartition("\n")
    offer = say("scenario_offer", title=_short(scenario))
    in_english = english.say("offer") if is_english(text) else ""
    text = "\n".join(filter(None, (before, offer, in_english, sources)))
    return reply.model_copy(update={"text": text, "suggestions": (choice, *reply.suggestions)})


def _among_choices(arrived: Arrived, turn: Turn, reply: ChoicesReply) -> Turn:
    """Before the services where it is clearly told, else behind them; it is taken by its number, too."""
    scenario = _lived(arrived, Telling.BESIDE)
    if scenario is None or turn.context.options != reply.options:
        return turn
    is_clear = _lived(arrived, Telling.ALONE) is not None
    options = (choice_of_list(scenario), *reply.options) if is_clear else (*reply.options, choice_of_list(scenario))
    shown = choices_reply(opening_of(reply), options)
    context = turn.context.model_copy(update={"options": options})
    return replace(turn, replies=(*turn.replies[:-1], shown), context=context)


def _beside_words(arrived: Arrived, turn: Turn, reply: TextReply) -> Turn:
    """Where nothing was found, or others were named who handle it (干活伤了手，老板不管)."""
    is_of_hall = turn.outcome is Outcome.NOT_FOUND and turn.reason != "is_no_service"
    telling = Telling.BESIDE if is_of_hall else Telling.ALONE  # 哪家火锅好吃 opens no restaurant
    scenario = _lived(arrived, telling) if arrived.heard.act in _TELLS else None
    if scenario is None or turn.context.options:
        return _told_later(arrived, turn, reply)
    options = (choice_of_list(scenario),)
    shown = choices_reply(f"{reply.text}\n{say('scenario_perhaps')}", options)
    context = turn.context.model_copy(update={"options": options})
    return replace(turn, replies=(*turn.replies[:-1], shown), context=context)


def _told_later(arrived: Arrived, turn: Turn, reply: TextReply) -> Turn:
    """A question that nothing was found for may be answered one day."""
    asked = arrived.heard.text
    is_question = (
        turn.outcome is Outcome.NOT_FOUND
        and turn.reason in FOUND_NOTHING
        and arrived.heard.act in _MAY_WAIT
        and len(plain(asked)) >= FEWEST
    )
    if not is_question or turn.context.options or not any(flow.name == AWAIT for flow in arrived.staff.stack.flows):
        return turn
    options = (Choice(label=button_label(AWAIT), payload=command_payload(AWAIT)),)
    shown = choices_reply(f"{reply.text}\n{say('await_offer')}", options)
    context = turn.context.model_copy(update={"unanswered": asked})
    return replace(turn, replies=(*turn.replies[:-1], shown), context=context)


def choice_of_list(scenario: Scenario) -> Choice:
    return Choice(
        label=button_label("scenario_of").format(title=_short(scenario)),
        payload=command_payload(SCENARIO, guide_id=scenario.id),
    )


def _lived(arrived: Arrived, telling: Telling) -> Scenario | None:
    """None, too, where it says not to be so: 我没有离婚."""
    library, text = arrived.staff.library(), arrived.heard.text
    scenario = library.scenario_of(library.event_lived(text, telling))
    return None if scenario and is_denied(scenario.words, text) else scenario


def _short(scenario: Scenario) -> str:
    """开餐馆 has an official name behind it, in brackets."""
    return scenario.title.partition("（")[0]


def _bookable(staff: Staff, reply: Reply) -> Reply:
    """An answer offers the booking, where there is something to book."""
    if not isinstance(reply, AnswerReply) or not any(Act.BOOK in flow.acts for flow in staff.stack.flows):
        return reply
    offices = staff.library().offices_for(reply.guide_id, reply.region)
    if not any(office.line_of(reply.guide_id) for office in offices):
        return reply
    offer = Choice(label=button_label("book"), payload=command_payload("book", guide_id=reply.guide_id))
    return reply.model_copy(update={"suggestions": (*reply.suggestions, offer)})
