"""`/api/scenarios`: which there are, and one step further with the answers so far. Nothing is kept here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from channels.refusals import Refusal, refusals
from service_hall.conversation.reply import ChecklistReply, QuestionReply
from service_hall.hall import Hall
from service_hall.scenarios.answering import NoAnswer

MOST_ANSWERS = 60
_Node = Annotated[str, StringConstraints(max_length=64)]
_Word = Annotated[str, StringConstraints(max_length=200)]
_Answer = bool | int | float | _Word | Annotated[list[_Word], Field(max_length=40)] | None
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class ScenarioLine(BaseModel):
    scenario_id: str
    title: str
    audience: Literal["个人", "企业", "个人/企业"]
    theme: str


class ScenariosOut(BaseModel):
    scenarios: list[ScenarioLine]


class StepIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answers: Annotated[dict[_Node, _Answer], Field(max_length=MOST_ANSWERS)] = {}
    """By their questions. What is no question on this way is not looked at; null: not answered."""
    as_of: Annotated[date, Field(ge=_FIRST_DAY, le=_LAST_DAY)] | None = None
    """Left out: today."""
    region: Annotated[str, StringConstraints(max_length=12)] | None = None
    """Where the list is for; left out: the hall's own region."""


class QuestionOut(BaseModel):
    question: QuestionReply


class ChecklistOut(BaseModel):
    checklist: ChecklistReply


def make_scenarios_router(hall: Hall) -> APIRouter:
    router = APIRouter(prefix="/api/scenarios", tags=["scenarios"])

    @router.get("")
    def list_scenarios() -> ScenariosOut:
        lines = [
            ScenarioLine(scenario_id=each.id, title=each.title, audience=each.audience, theme=each.theme)
            for each in hall.scenarios.all()
        ]
        return ScenariosOut(scenarios=lines)

    @router.post(
        "/{scenario_id}/step",
        responses=refusals({404: "unknown_scenario", 422: "invalid_input, invalid_answer, unknown_region"}),
    )
    def next_step(scenario_id: str, told: StepIn) -> QuestionOut | ChecklistOut:
        scenario = hall.scenarios.find(scenario_id)
        if scenario is None:
            raise Refusal(404, "unknown_scenario", "没有这个办事清单，请从列表里重新选择。")
        if told.region and told.region not in hall.library().regions:
            raise Refusal(422, "unknown_region", "没有这个地区，请重新选择所在的区。")
        answers = {node: answer for node, answer in told.answers.items() if answer is not None}
        step = hall.scenarios.step(scenario, answers, told.as_of or hall.now().date(), told.region)
        match step:
            case NoAnswer(says=says):
                raise Refusal(422, "invalid_answer", says)
            case QuestionReply():
                return QuestionOut(question=step)
        return ChecklistOut(checklist=step)

    return router
