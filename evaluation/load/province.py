"""A province's knowledge and a year's talk, made from what is shipped, straight into the database."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from knowledge_base.content_files import Content, load_content
from knowledge_base.documents import GuideDocument
from knowledge_base.model import NATIONAL
from server.storage.daily_counts import DailyCountStore
from server.storage.draft_store import DraftStore
from server.storage.engine import Database, migrate, open_database
from server.storage.knowledge_store import KnowledgeStore
from server.storage.pouring import pour
from server.storage.schema import answers, conversations, turns, utterances
from server.storage.staff_schema import audit_log
from service_hall.publishing.draft import DocumentKey, Draft, DraftId, DraftState
from service_hall.shared.clock import SHANGHAI

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
ASKED_EACH = 3
"""Ways to ask, of a made guide."""
DRAFTS = 300
TURNS_A_VISITOR = 4
_AT_ONCE = 20_000
_OUTCOMES = (*("answered",) * 12, *("clarify",) * 3, "not_found", *("asking",) * 2, "done", "handed_over")
_SAID = ("身份证丢了怎么补办", "要带什么材料", "多少钱", "在哪里办", "公积金怎么取", "小孩怎么上户口", "火星上怎么落户")


@dataclass(frozen=True)
class Sizes:
    guides: int
    turns: int
    audit: int
    """Lines of the book of who did what."""


def seed(url: str, sizes: Sizes) -> None:
    engine = open_database(url)
    migrate(engine)
    content = with_guides(load_content(), sizes.guides)
    KnowledgeStore(engine).seed(content)
    seed_talk(engine, sizes.turns, [item.id for item in content.catalogue])
    seed_deeds(engine, sizes.audit)
    seed_drafts(engine, content)
    DailyCountStore(engine).count_due(NOW, {}, most_days=400)
    engine.dispose()


def with_guides(content: Content, count: int) -> Content:
    """With so many guides in all: copies of the national ones, with names of their own and few questions."""
    models = cycle([each[0] for each in content.documents.values() if each[0].region == NATIONAL])
    items = {item.id: item for item in content.catalogue}
    made, documents = [], dict(content.documents)
    for number, model in enumerate(islice(models, max(0, count - len(documents)))):
        item_id, like = f"made-{number}", items[model.guide_id]
        name = f"{like.name}（第{number}种）"
        made.append(like.model_copy(update={"id": item_id, "name": name, "also_called": (), "place": 10_000 + number}))
        documents[item_id] = (GuideDocument(item_id, model.region, _body(model.body, item_id, name)),)
    return replace(content, catalogue=(*content.catalogue, *made), documents=documents)


def seed_talk(engine: Database, count: int, items: list[str], days: int = 365) -> None:
    """Turns of visitors who each say a few things, over so many days until NOW."""
    drawn = random.Random(7)
    visitors = -(-count // TURNS_A_VISITOR)
    step = timedelta(days=days) / max(1, count)
    for batch in _batches(visitors):
        pour(engine, [(conversations, [_visitor(each, NOW - each * TURNS_A_VISITOR * step) for each in batch])])
    for batch in _batches(count):
        told = [_turn(number, NOW - number * step, items, drawn) for number in batch]
        spoken = [row for each in told for row in each["spoken"]]
        given = [each["answer"] for each in told if each["answer"]]
        pour(engine, [(turns, [each["turn"] for each in told]), (utterances, spoken), (answers, given)])


def seed_deeds(engine: Database, count: int) -> None:
    step = timedelta(days=365) / max(1, count)
    for batch in _batches(count):
        pour(engine, [(audit_log, [_deed(number, NOW - (count - number) * step) for number in batch])])


def seed_drafts(engine: Database, content: Content) -> None:
    store = DraftStore(engine)
    documents = [each[0] for each in content.documents.values()][:DRAFTS]
    store.begin_all(
        [
            Draft(
                draft_id=DraftId(f"d_{number}"),
                key=DocumentKey.of(each),
                body=each.body,
                base=each.body,
                state=DraftState.IN_REVIEW if number % 2 else DraftState.WRITING,
                writers=(f"staff-{number % 20}",),
                made_at=NOW,
                changed_at=NOW - timedelta(minutes=number),
            )
            for number, each in enumerate(documents)
        ]
    )


def _batches(count: int) -> Iterator[range]:
    return (range(first, min(first + _AT_ONCE, count)) for first in range(0, count, _AT_ONCE))


def _visitor(number: int, last_turn_at: datetime) -> dict[str, Any]:
    return {"visitor_id": f"v_{number}", "began_at": NOW, "last_turn_at": last_turn_at, "context": {}}


def _deed(number: int, at: datetime) -> dict[str, Any]:
    changed = {"part": "fee"}
    told = {"by": f"staff-{number % 200}", "what": "guide.write", "kind": "guide", "thing": f"made-{number % 1000}"}
    return {"at": at, **told, "before": changed, "after": changed}


def _body(body: Mapping[str, Any], item_id: str, name: str) -> dict[str, Any]:
    statements = [dict(each) for each in body["statements"] if each["kind"] != "faq"]
    asked = iter([one for each in statements for one in each.pop("asked", ())])
    statements[0]["asked"] = [f"{_question(one)}（{item_id}）" for one in islice(asked, ASKED_EACH)]
    made = {
        **body,
        "id": item_id,
        "name": name,
        "short_name": name,
        "aliases": [f"{name}办理"],
        "statements": statements,
    }
    for gone in ("neighbours", "related", "hangs_on"):
        made.pop(gone, None)
    return made


def _question(one: Any) -> str:
    return one if isinstance(one, str) else str(one["q"])


def _turn(number: int, at: datetime, items: list[str], drawn: random.Random) -> dict[str, Any]:
    message_id, visitor, outcome = f"m_{number}", f"v_{number // TURNS_A_VISITOR}", drawn.choice(_OUTCOMES)
    door = "wechat" if number % 3 == 0 else "web"
    said = f"{drawn.choice(_SAID)}{number % 997}"
    common = {"visitor_id": visitor, "message_id": message_id, "door": door, "at": at}
    answer = None
    if outcome == "answered":
        useful = {0: False, 1: True, 2: True}.get(number % 20)
        answer = {
            "answer_id": f"a_{number}", "message_id": message_id, "guide_id": drawn.choice(items), "aspect": "fee",
            "useful": useful, "comment": None, "judged_at": at if useful is not None else None,
        }  # fmt: skip
    return {
        "turn": {
            "message_id": message_id, "visitor_id": visitor, "received_at": at, "outcome": outcome, "took_ms": 20,
            "reason": "answers_item", "door": door, "region": "" if number % 2 else "990100",
        },
        "spoken": [
            {**common, "who": "citizen", "said": said, "reply": None},
            {**common, "who": "assistant", "said": None, "reply": {"type": "text", "text": "好的。"}},
        ],
        "answer": answer,
    }  # fmt: skip
