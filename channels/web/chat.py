"""`/api/chat`: messages, the stream of later replies, feedback."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from channels.languages import Language, in_language
from channels.limits import MOST_CHARACTERS, RateLimits
from channels.origins import origin_of
from channels.refusals import Refusal, refusals
from channels.switchboard.lines import EarlierStillOpen, TooBusy
from channels.switchboard.receive import Switchboard
from channels.visitors import VisitorDesk
from knowledge_base.language.tokenize import plain
from knowledge_base.model import RegionCode
from service_hall.conversation.message import CitizenMessage, legible, own_payload
from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import Outcome, Reply
from service_hall.conversation.styles import Style, in_style
from service_hall.hall import Hall
from service_hall.shared.ids import AnswerId


class LocationIn(BaseModel):
    lat: float = Field(ge=-90, le=90, strict=True)
    lon: float = Field(ge=-180, le=180, strict=True)


class MessageIn(BaseModel):
    """Either `text` as written or the `payload` of a choice."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [{"text": "身份证丢了怎么补办"}, {"payload": '/ask_fee{"guide_id":"id-card-lost"}'}]
        },
    )
    text: str | None = None
    payload: str | None = Field(default=None, max_length=200)
    region: str | None = Field(default=None, max_length=12)
    client_message_id: Annotated[str, Field(pattern=r"^[a-z0-9_-]{0,64}$")] | None = None
    """Chosen by the caller, for one message: handed in again, it gets the same answer and has no second effect."""
    lang: Language | None = None
    """In which letters the answer is to be written; `en`: what the hall knows comes in Chinese."""
    style: Style = Style.PLAIN
    """`elder`: short answers, a sentence a line, with whom to call."""
    location: LocationIn | None = None
    """Where the citizen is, for the nearest office; kept no longer than the booking that asks for it."""

    @model_validator(mode="after")
    def one_of_the_two(self) -> MessageIn:
        if (self.text and self.payload) or (self.text is None and self.payload is None):
            raise ValueError("text or payload")
        return self


class MessageOut(BaseModel):
    visitor_token: str
    message_id: str
    outcome: Outcome
    replies: list[Reply]
    lang: Language | None = None
    """In which language the replies are; there where one was asked for."""


class FeedbackIn(BaseModel):
    answer_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    useful: bool
    comment: Annotated[str, Field(max_length=MOST_CHARACTERS)] = ""


class FeedbackOut(BaseModel):
    answer_id: str
    useful: bool


def make_chat_router(
    hall: Hall, switchboard: Switchboard, records: ConversationRecords, desk: VisitorDesk, limits: RateLimits
) -> APIRouter:
    router = APIRouter(prefix="/api/chat", tags=["chat"])

    @router.post("/messages", response_model=MessageOut, responses=refusals({401: "invalid_token"}))
    async def post_message(body: MessageIn, request: Request) -> Response:
        known = desk.known(request) or desk.welcome()
        message = CitizenMessage(
            visitor_id=known.visitor_id,
            received_at=hall.clock(),
            text="" if body.payload else _checked_text(body.text or ""),
            payload=_checked_payload(hall, body.payload or ""),
            region=_checked_region(hall, body.region),
            location=(body.location.lat, body.location.lon) if body.location else None,
            origin=origin_of(request, hall.safe),
            key=body.client_message_id or "",
        )
        try:
            receipt = await switchboard.receive(message, partial(limits.check_visitor, known.visitor_id))
        except TooBusy as busy:
            raise _come_again(busy) from busy
        library, language = hall.library(), body.lang or Language.SIMPLIFIED
        answer = MessageOut.model_construct(
            visitor_token=desk.token_for(known.visitor_id, known.since),
            message_id=receipt.message_id,
            outcome=receipt.outcome,
            replies=[in_language(in_style(each, body.style, library), language) for each in receipt.replies],
            lang=body.lang.of_answers if body.lang else None,
        )
        # Written out here: the framework would check the replies, which are models already, once more.
        response = Response(
            answer.model_dump_json(exclude=None if body.lang else {"lang"}), media_type="application/json"
        )
        desk.remember(request, response.headers, known)
        return response

    @router.post("/feedback", responses=refusals({401: "invalid_token", 404: "unknown_answer"}))
    def post_feedback(body: FeedbackIn, request: Request) -> FeedbackOut:
        """Of whoever was given the answer: its id alone, seen in a picture or a log, lets nobody judge it."""
        visitor_id = desk.require(request)
        comment = hall.reception.mask(legible(body.comment))
        if not records.judge(visitor_id, AnswerId(body.answer_id), body.useful, comment, hall.clock()):
            raise Refusal(404, "unknown_answer", "没有找到这条回答，请回到对话里重新评价。")
        return FeedbackOut(answer_id=body.answer_id, useful=body.useful)

    return router


def _come_again(busy: TooBusy) -> Refusal:
    seconds = busy.retry_after_s
    headers = {"Retry-After": str(seconds)}
    if isinstance(busy, EarlierStillOpen):
        return Refusal(429, "earlier_still_open", f"您前面的话还在办，请过{seconds}秒再发这一句。", headers)
    return Refusal(503, "busy", f"现在来问的人很多，请过{seconds}秒再发一次，急事请拨打12345。", headers)


def _checked_text(text: str) -> str:
    if not text.strip():
        raise Refusal(422, "empty_message", "您还没有写内容，请用一句话说说要办的事。")
    if len(text) > MOST_CHARACTERS:
        raise Refusal(422, "message_too_long", f"内容太长了，请缩短到{MOST_CHARACTERS}字以内再发。")
    return text


def _checked_payload(hall: Hall, payload: str) -> str:
    library = hall.library()
    known = library.names.keys() | library.topic_names.keys() | library.published.scenarios.keys()
    own = own_payload(payload, known, {office.id for office in library.published.offices})
    if payload and not own:
        raise Refusal(422, "unknown_payload", "这个选项已经失效，请直接用文字说要办的事。")
    return own


def _checked_region(hall: Hall, region: str | None) -> RegionCode | None:
    if not region:
        return None
    if not plain(region) or region not in hall.library().regions:
        raise Refusal(422, "unknown_region", "没有这个地区，请重新选择所在的区。")
    return RegionCode(region)
