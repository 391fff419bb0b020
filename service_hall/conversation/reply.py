"""What the hall says back: the `Reply` family and `outcome` of the contract at the doors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from knowledge_base.model import Aspect
from service_hall.conversation.message import Chosen


class Outcome(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    ASKING = "asking"
    DONE = "done"
    NOT_FOUND = "not_found"
    HANDED_OVER = "handed_over"
    DEGRADED = "degraded"
    REFUSED = "refused"


class Words(BaseModel):
    """`text` is complete without the rest, so that any door can fall back to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str


class Choice(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    payload: str


class CitedSource(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    article: str
    url: str
    checked_on: str
    """Empty: never; it is known by title only."""
    unverified: bool = False
    own: bool = False
    """The place's own guide, and no rule."""
    sample: bool = False
    """Of an invented place."""


class TextReply(Words):
    type: Literal["text"] = "text"


class ToldFact(BaseModel):
    """The one statement that answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    statement_id: str
    """`<guide>/<statement>`."""
    text: str
    sources: tuple[CitedSource, ...]


class AnswerReply(Words):
    type: Literal["answer"] = "answer"
    fact: ToldFact | None = None
    answer_id: str
    guide_id: str
    guide_name: str
    aspect: Aspect
    region: str
    sources: tuple[CitedSource, ...]
    suggestions: tuple[Choice, ...] = ()
    lead: int = 0
    """So many characters of `text` answer what was asked and say what must be minded, before the details; 0: all."""
    details_end: int = 0
    """Where in `text` the details end; a remark on what is unchecked and the sources come after. 0: there are none."""

    def led_by(self, said: str) -> AnswerReply:
        """With that before all else."""
        moved = {name: at + len(said) for name in ("lead", "details_end") if (at := getattr(self, name))}
        return self.model_copy(update={"text": said + self.text, **moved})

    def without_opening(self, said: str) -> AnswerReply:
        """Without that, where it stands before all else."""
        if not said or not self.text.startswith(said):
            return self
        moved = {name: max(0, at - len(said)) for name in ("lead", "details_end") if (at := getattr(self, name))}
        return self.model_copy(update={"text": self.text.removeprefix(said), **moved})


class ChoicesReply(Words):
    type: Literal["choices"] = "choices"
    options: tuple[Choice, ...]


class QuestionOption(Choice):
    """`value`: what goes into the answers of a form or scenario."""

    value: str = ""


class QuestionField(BaseModel):
    """A field that a page can show for a question with several answers; they go back as one text, a line each."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    label: str
    required: bool = True
    hint: str = ""
    kind: Literal["text", "tel", "id_number", "code"] = "text"


class Progress(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    step: int
    of: int


class ProofAsked(BaseModel):
    """That whoever asks is no robot. `puzzle`: altcha's `challenge`, which a page solves by itself, without a word."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["puzzle", "phone_code"]
    challenge: dict[str, Any] | None = None
    phone: str = ""
    """To which a code was sent, masked."""


class QuestionReply(Words):
    type: Literal["question"] = "question"
    form: str = ""
    scenario_id: str = ""
    node: str
    kind: Literal["single", "multi", "date", "number", "text"]
    options: tuple[QuestionOption, ...] = ()
    fields: tuple[QuestionField, ...] = ()
    progress: Progress | None = None
    proof: ProofAsked | None = None
    private: dict[str, str] = {}
    """Name and numbers that the text shows masked, whole: `name`, `phone`, `id_number`. Only on the way to whoever
    wrote them, and never kept (`Reception.shown_whole`, `without_private`)."""


class ChecklistStep(BaseModel):
    """One thing to be done. `after`: orders of the steps that it waits for; equal ones can be done at the same time."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    order: int
    after: tuple[int, ...] = ()
    step_id: str
    guide_id: str = ""
    """Empty: no item, `guide_name` says what is to be done."""
    guide_name: str
    reason: str
    who: str = ""
    urgent: bool = False
    online: bool
    office_ids: tuple[str, ...] = ()
    fee: str = ""
    amount: str = ""
    days: int | None = None
    """Working days at most; None: not known."""
    says: tuple[str, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    """Of what is told of it."""
    done: bool = False
    options: tuple[Choice, ...] = ()
    """Its guide, and the booking of a visit."""


class ChecklistMaterial(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    form: str
    originals: int = 1
    copies: int
    needed_by: tuple[str, ...]
    """Guides."""
    steps: tuple[int, ...] = ()
    only_when: tuple[str, ...] = ()
    """In which situations alone; empty: always."""
    given_by: int | None = None
    """Order of the step by which one gets it."""
    unverified: bool = False
    have: bool = False


class ChecklistTotals(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    fee: str
    amount: str
    days: int


class ChecklistVisit(BaseModel):
    """Steps that can be done on one visit."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    office_id: str
    office_name: str
    steps: tuple[int, ...]


class ChecklistReply(Words):
    type: Literal["checklist"] = "checklist"
    checklist_id: str = ""
    """Empty: it is kept nowhere."""
    scenario_id: str
    title: str
    steps: tuple[ChecklistStep, ...]
    materials: tuple[ChecklistMaterial, ...]
    totals: ChecklistTotals
    notes: tuple[str, ...] = ()
    visits: tuple[ChecklistVisit, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    page_url: str = ""
    """Where it can be read and printed by whoever has the address."""
    options: tuple[Choice, ...] = ()


class OpeningOption(BaseModel):
    """`payload` takes the place; without one the opening is shown only."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    starts_at: AwareDatetime
    left: int
    payload: str = ""


class OpeningsReply(Words):
    type: Literal["openings"] = "openings"
    guide_id: str
    guide_name: str
    office_id: str
    office_name: str
    openings: tuple[OpeningOption, ...]
    options: tuple[Choice, ...] = ()
    """Other ways on: another office, the waiting list."""
    form: str = ""
    node: str = ""
    progress: Progress | None = None


class AppointmentReply(Words):
    type: Literal["appointment"] = "appointment"
    code: str
    guide_id: str
    guide_name: str
    office_id: str
    office_name: str
    address: str
    counter: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    status: str
    person: str
    """Masked."""
    qr_url: str
    calendar_url: str
    needs_new_time: bool = False
    options: tuple[Choice, ...] = ()
    """What can be done with it: change, cancel, check in."""


class TicketReply(Words):
    type: Literal["ticket"] = "ticket"
    code: str
    number: str
    office_id: str
    office_name: str
    counter: str = ""
    """Where to go, once called."""
    ahead: int
    estimated_wait_minutes: int
    first_from: AwareDatetime | None = None
    """Of an early bird: the booked time, from which it comes first."""
    status: str
    called_at: AwareDatetime | None = None
    """While it is called: of the latest call. Another moment is another call, at the same counter too."""
    calls: int = 0
    """How often so far, for this turn."""


class HandoverReply(Words):
    type: Literal["handover"] = "handover"
    status: Literal["waiting", "connected", "closed"]
    ahead: int = 0


class NoticeAbout(BaseModel):
    """The visit that a notice is about, as it stands when it is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    guide_name: str
    office_id: str
    office_name: str
    starts_at: AwareDatetime | None = None
    ticket: str = ""
    counter: str = ""


class NoticeReply(Words):
    type: Literal["notice"] = "notice"
    kind: str
    about: NoticeAbout | None = None
    options: tuple[Choice, ...] = ()
    """What can be done about it."""


Reply = Annotated[
    TextReply
    | AnswerReply
    | ChoicesReply
    | QuestionReply
    | ChecklistReply
    | OpeningsReply
    | AppointmentReply
    | TicketReply
    | HandoverReply
    | NoticeReply,
    Field(discriminator="type"),
]
replies_adapter: TypeAdapter[tuple[Reply, ...]] = TypeAdapter(tuple[Reply, ...])


def ask_payload(aspect: Aspect, guide_id: str) -> str:
    """What a choice sends back."""
    return Chosen(aspect, guide_id).payload


def without_private(reply: Reply) -> Reply:
    """As it may be kept."""
    return reply.model_copy(update={"private": {}}) if isinstance(reply, QuestionReply) and reply.private else reply
