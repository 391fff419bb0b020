"""What is said of a list that stands: a paper is there (身份证有了); an answer was another one."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.scenarios.papers import bare_name
from knowledge_base.scenarios.questions import Question
from service_hall.conversation.flow import Heard
from service_hall.conversation.reply import ChecklistReply
from service_hall.hearing.notions import says, without
from service_hall.scenarios.keeping import KeptList
from service_hall.scenarios.talk.answers_said import Told

FEWEST_LETTERS = 2
MOST_LETTERS = 12
"""Of a word that names a paper."""
_PAPERS = ("证", "本", "簿", "照", "书", "卡", "表", "单", "合同", "发票", "票据", "照片", "证明", "协议", "存折")


def paper_said_ready(heard: Heard) -> str:
    """As it is called; '' for none."""
    if not says("has_it_ready", heard.text):
        return ""
    return heard.sentence.part(without("has_it_ready", heard.sentence.plain, "")).plain


def papers_said_ready(heard: Heard, shown: ChecklistReply) -> tuple[str, ...]:
    """By their names on the list; 材料都齐了 means all of them."""
    named = heard.sentence.library.plainly(paper_said_ready(heard))
    if not named or named in ("材料", "东西", "资料"):
        return tuple(each.name for each in shown.materials) if named else ()
    plainly = heard.sentence.library.plainly
    found = [each.name for each in shown.materials if _names(named, plainly(bare_name(each.name)))]
    return tuple(found)


def paper_not_wanted(heard: Heard) -> str:
    """A paper that is said to be there, by its name, whatever the list wants; '' for what is none: 我有社保."""
    named = paper_said_ready(heard)
    return named if FEWEST_LETTERS <= len(named) <= MOST_LETTERS and named.endswith(_PAPERS) else ""


def _names(said: str, paper: str) -> bool:
    return len(said) >= FEWEST_LETTERS and (said in paper or paper in said)


def amended(kept: KeptList, question: Question, told: Told) -> KeptList:
    return replace(kept, answers={**kept.answers, question.id: told})


def asked_anew(kept: KeptList, question: Question) -> KeptList:
    """Its answer is open again, the others stay."""
    return replace(kept, answers={name: each for name, each in kept.answers.items() if name != question.id})
