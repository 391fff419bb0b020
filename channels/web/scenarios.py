"""`/api/scenarios`: which there are, and one step further with the answers so far. Nothing is kept here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, LiteralString

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from channels.inputs import OptionalDay
from channels.refusals import Refusal, refusals, told
from knowledge_base.scenarios.model import Scenario
from service_hall.conversation.reply import ChecklistReply, QuestionReply
from service_hall.hall import Hall
from service_hall.scenarios.answering import NoAnswer, is_in_shape, refused_in_full
from service_hall.scenarios.wording import say

MOST_ANSWERS = 60
MOST_LETTERS = 64
"""Of a question's name."""
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def _answers(said: object) -> object:
    """What stands for an answer is read by its question, which says what is wrong with it."""
    if not isinstance(said, dict):
        raise told("invalid_input", "回答要一问一答地写，像 {问题: 答案} 这样，请改好再试。")
    if len(said) > MOST_ANSWERS:
        raise told("invalid_input", "一次最多收60个回答，请去掉不相干的再试。")
    if any(len(node) > MOST_LETTERS for node in said):
        raise told("invalid_input", "有一个问题的名字太长了，请照问题上写的 node 填。")
    return said


def _as_of(day: date | None) -> date | None:
    if day and not _FIRST_DAY <= day <= _LAST_DAY:
        raise told("bad_day", "只能按2000年到2099年之间的日子列，请重新填写。")
    return day


def _region(said: object) -> object:
    if said is not None and not isinstance(said, str):
        raise told("unknown_region", _UNKNOWN_REGION)
    return said


_UNKNOWN_REGION: LiteralString = "没有这个地区，请重新选择所在的区。"


class ScenarioLine(BaseModel):
    scenario_id: str
    title: str
    audience: Literal["个人", "企业", "个人/企业"]
    theme: str


class ScenariosOut(BaseModel):
    scenarios: list[ScenarioLine]


class StepIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answers: Annotated[dict[str, Any], BeforeValidator(_answers)] = {}
    """By their questions. What is no question on this way is not looked at; null: not answered."""
    as_of: Annotated[OptionalDay, AfterValidator(_as_of)] = None
    """Left out: today."""
    region: Annotated[str | None, BeforeValidator(_region)] = None
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
    def next_step(scenario_id: str, asked: StepIn) -> QuestionOut | ChecklistOut:
        scenario = hall.scenarios.find(scenario_id)
        if scenario is None:
            raise Refusal(404, "unknown_scenario", "没有这个办事清单，请从列表里重新选择。")
        if asked.region and asked.region not in hall.library().regions:
            raise Refusal(422, "unknown_region", _UNKNOWN_REGION)
        answers = {node: answer for node, answer in asked.answers.items() if answer is not None}
        for node, answer in answers.items():
            if not is_in_shape(answer):
                raise _refused(scenario, NoAnswer(node, say("wrong_shape")))
        step = hall.scenarios.step(scenario, answers, asked.as_of or hall.now().date(), asked.region)
        match step:
            case NoAnswer() as refused:
                raise _refused(scenario, refused)
            case QuestionReply():
                return QuestionOut(question=step)
        return ChecklistOut(checklist=step)

    return router


def _refused(scenario: Scenario, refused: NoAnswer) -> Refusal:
    question = scenario.question(refused.node)
    return Refusal(422, "invalid_answer", refused_in_full(question, refused) if question else refused.says)
