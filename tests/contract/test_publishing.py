"""One suite for both databases: drafts, verdicts and versions, and questions with what they came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from knowledge_base.aspects import Aspect
from knowledge_base.kept import Kind
from server.storage.asked_store import AskedStore
from server.storage.conversation_store import ConversationStore
from server.storage.draft_store import DraftStore
from server.storage.engine import open_database
from server.storage.knowledge_store import KnowledgeStore
from server.storage.question_store import QuestionStore
from service_hall.conversation.context import Context
from service_hall.conversation.records import RecordedTurn
from service_hall.conversation.reply import AnswerReply, Outcome, Reply, TextReply
from service_hall.publishing.asked_records import Task, TaskId, Trouble
from service_hall.publishing.draft import DocumentKey, Draft, DraftId, DraftState, Judgement, Verdict
from service_hall.publishing.keeping import NoSuchDraft, NotSound
from service_hall.publishing.question_sets import QuestionSet, Result, Run, RunId, SavedQuestion, SetId
from service_hall.shared.ids import AnswerId, MessageId, VisitorId
from tests.contract.crowds import at_once
from tests.contract.sample_visits import NINE
from tests.fakes import DOG, NATION, TOWN, content_of, published, statement, telling
from tests.lived_town import lived, rates
from tests.scenario_town import DOG_LIFE

KEY = DocumentKey("dog-register", NATION, "2020-01-01")
EDITED = telling(DOG, statement("place", "place", "村里的窗口。"))


def draft(number: int = 1, **changed: Any) -> Draft:
    stated: dict[str, Any] = {
        "draft_id": DraftId(f"d-{number}"),
        "key": KEY,
        "body": EDITED,
        "base": DOG,
        "state": DraftState.WRITING,
        "writers": ("anna",),
        "made_at": NINE,
        "changed_at": NINE + timedelta(minutes=number),
    }
    return Draft(**{**stated, **changed})


def verdict(reviewer: str = "berta", **changed: Any) -> Verdict:
    return replace(Verdict(DraftId("d-1"), 1, reviewer, Judgement.APPROVE, "", NINE, {}), **changed)


@pytest.fixture
def stores(database_url: str) -> Iterator[tuple[DraftStore, QuestionStore, KnowledgeStore]]:
    engine = open_database(database_url)
    knowledge = KnowledgeStore(engine)
    knowledge.seed(content_of(published()))
    yield DraftStore(engine), QuestionStore(engine), knowledge
    engine.dispose()


@pytest.fixture
def drafts(stores: tuple[DraftStore, QuestionStore, KnowledgeStore]) -> DraftStore:
    return stores[0]


@pytest.fixture
def questions(stores: tuple[DraftStore, QuestionStore, KnowledgeStore]) -> QuestionStore:
    return stores[1]


def approved(found: Draft) -> Draft:
    return replace(found, state=DraftState.APPROVED)


def test_a_draft_comes_back_as_it_was_kept(drafts: DraftStore) -> None:
    kept = draft(publish_on=date(2026, 7, 1), note="改了", held_because="等", round=2, reviews_needed=2, base=None)
    assert drafts.begin(kept) == kept
    assert drafts.draft(kept.draft_id) == drafts.open_draft_of(KEY) == kept
    assert drafts.draft(DraftId("d-9")) is None and drafts.open_draft_of(replace(KEY, region=TOWN)) is None


def test_a_document_has_one_open_draft(drafts: DraftStore) -> None:
    first = drafts.begin(draft(1))
    assert drafts.begin(draft(2)) == first
    drafts.change(first.draft_id, lambda found: replace(found, state=DraftState.DROPPED))
    assert drafts.begin(draft(2)).draft_id == "d-2"
    with pytest.raises(NoSuchDraft):
        drafts.change(first.draft_id, lambda found: found)


def test_of_two_sheets_at_once_one_is_begun_whole_and_the_other_not_at_all(drafts: DraftStore) -> None:
    other = DocumentKey("library-card-first", NATION, "2020-01-01")
    sheets = [
        [draft(sheet * 2 + place, key=key, body={"of": sheet}) for place, key in enumerate(keys)]
        for sheet, keys in enumerate(((KEY, other), (other, KEY), (KEY, other)))
    ]
    begun = at_once([partial(drafts.begin_all, each) for each in sheets])
    [won] = [each for each in begun if each is not None]
    assert [drafts.open_draft_of(each.key) for each in won] == won and won in sheets


def test_the_same_sheet_at_once_is_begun_once(drafts: DraftStore) -> None:
    begun = at_once([partial(drafts.begin_all, [draft(number)]) for number in (1, 2)])
    assert begun[0] == begun[1] is not None


def test_what_is_refused_changes_nothing(drafts: DraftStore) -> None:
    drafts.begin(draft())

    def refuse(found: Draft) -> Draft:
        raise ValueError

    with pytest.raises(ValueError):
        drafts.change(DraftId("d-1"), refuse)
    with pytest.raises(ValueError):
        drafts.judge(verdict(), refuse)
    assert drafts.draft(DraftId("d-1")) == draft() and drafts.verdicts(DraftId("d-1")) == []


def test_drafts_are_listed_by_state_those_changed_last_in_front(drafts: DraftStore) -> None:
    for number in (1, 2, 3):
        drafts.begin(draft(number, key=replace(KEY, effective_from=f"202{number}-01-01")))
    drafts.change(DraftId("d-2"), lambda found: replace(found, state=DraftState.IN_REVIEW))
    assert [each.draft_id for each in drafts.drafts([DraftState.WRITING])] == ["d-3", "d-1"]
    assert [each.draft_id for each in drafts.drafts(list(DraftState), limit=1)] == ["d-3"]


def test_a_verdict_is_kept_with_what_becomes_of_the_draft(drafts: DraftStore) -> None:
    drafts.begin(draft())
    first = verdict(reason="对", accepted={"k": "核实过"})
    assert drafts.judge(first, approved).state is DraftState.APPROVED
    assert drafts.verdicts(DraftId("d-1")) == [first]
    drafts.judge(replace(first, reason="又看了"), lambda found: found)
    drafts.judge(replace(first, round=2), lambda found: found)
    assert [(each.round, each.reason) for each in drafts.verdicts(DraftId("d-1"))] == [(1, "又看了"), (2, "对")]


def test_whatever_has_reached_its_day_is_due(drafts: DraftStore) -> None:
    for number, day in ((1, date(2026, 6, 5)), (2, date(2026, 6, 3)), (3, date(2026, 6, 9))):
        drafts.begin(draft(number, key=replace(KEY, effective_from=f"202{number}-01-01"), publish_on=day))
        drafts.change(DraftId(f"d-{number}"), approved)
    drafts.begin(draft(4, key=replace(KEY, effective_from=""), publish_on=date(2026, 6, 1)))
    assert [each.draft_id for each in drafts.due(date(2026, 6, 5))] == ["d-2", "d-1"]


def test_what_is_published_is_live_and_a_version_and_what_stood_before_is_one_too(
    stores: tuple[DraftStore, QuestionStore, KnowledgeStore],
) -> None:
    drafts, _, knowledge = stores
    before = knowledge.last_change()
    drafts.begin(draft(note="改地点"))
    with pytest.raises(NoSuchDraft):
        drafts.publish(DraftId("d-1"), ["berta"], NINE)
    drafts.change(DraftId("d-1"), approved)
    version = drafts.publish(DraftId("d-1"), ["berta"], NINE)
    assert (version.number, version.by, version.reviewers, version.note) == (2, "anna", ("berta",), "改地点")
    assert drafts.versions(KEY)[0] == version and drafts.versions(KEY)[1].body == DOG
    assert knowledge.last_change() == before + 1 and drafts.open_draft_of(KEY) is None
    closed = drafts.draft(DraftId("d-1"))
    assert closed and closed.state is DraftState.PUBLISHED
    with pytest.raises(NoSuchDraft):
        drafts.publish(DraftId("d-1"), [], NINE)
    drafts.begin(draft(2, body=DOG))
    drafts.change(DraftId("d-2"), approved)
    assert drafts.publish(DraftId("d-2"), [], NINE + timedelta(hours=1)).number == 3
    assert [each.number for each in drafts.versions_of_guide("dog-register")] == [3, 2, 1]


def test_what_is_not_sound_changes_nothing(stores: tuple[DraftStore, QuestionStore, KnowledgeStore]) -> None:
    drafts, _, knowledge = stores
    before = knowledge.last_change()
    drafts.begin(draft(body={**DOG, "name": ""}))
    drafts.change(DraftId("d-1"), approved)
    with pytest.raises(NotSound):
        drafts.publish(DraftId("d-1"), [], NINE)
    assert knowledge.last_change() == before and drafts.versions(KEY) == []


def test_of_those_who_publish_one_draft_at_once_one_does(drafts: DraftStore) -> None:
    drafts.begin(draft())
    drafts.change(DraftId("d-1"), approved)

    def publish() -> bool:
        try:
            drafts.publish(DraftId("d-1"), [], NINE)
        except NoSuchDraft:
            return False
        return True

    assert sorted(at_once([publish] * 4)) == [False, False, False, True]
    assert [each.number for each in drafts.versions(KEY)] == [2, 1]


def test_changes_of_one_draft_wait_for_each_other(drafts: DraftStore) -> None:
    drafts.begin(draft(writers=()))

    def join(number: int) -> None:
        drafts.change(DraftId("d-1"), lambda found: replace(found, writers=(*found.writers, str(number))))

    at_once([partial(join, number) for number in range(6)])
    kept = drafts.draft(DraftId("d-1"))
    assert kept and sorted(kept.writers) == ["0", "1", "2", "3", "4", "5"]


def question_set(set_id: str = "s", **changed: Any) -> QuestionSet:
    kept = QuestionSet(
        SetId(set_id), "必测", True, (SavedQuestion("问", ("a", "b")), SavedQuestion("又问")), "anna", NINE
    )
    return replace(kept, **changed)


def result(question: str, item: str = "a") -> Result:
    figures = [{"item": item, "name": "甲", "likelihood": 0.9, "nearest": "文", "figures": [["named", 1.5]]}]
    return Result(question, ("a",), "answer", (item,), item, f"{item}/fee", "说", "answered", figures)


def run(run_id: str, hours: int, set_id: str | None = "s") -> Run:
    return Run(RunId(run_id), SetId(set_id) if set_id else None, NINE + timedelta(hours=hours), "anna", 2, 1, 1)


def test_a_set_comes_back_as_it_was_kept_and_kept_again_in_its_own_place(questions: QuestionStore) -> None:
    questions.keep_set(question_set())
    questions.keep_set(question_set("t", name="一月"))
    assert questions.sets() == [question_set("t", name="一月"), question_set()]
    questions.keep_set(question_set(questions=(SavedQuestion("只问"),), is_gate=False))
    assert questions.set(SetId("s")) == question_set(questions=(SavedQuestion("只问"),), is_gate=False)
    questions.drop_set(SetId("s"))
    assert questions.set(SetId("s")) is None


def test_a_run_comes_back_in_the_order_of_its_sheet(questions: QuestionStore) -> None:
    questions.keep_run(run("r1", 0), [result("二"), result("一", ""), result("二", "b")])
    assert questions.results(RunId("r1")) == [result("二"), result("一", ""), result("二", "b")]
    questions.keep_run(run("r2", 1), [])
    questions.keep_run(run("r3", 1, None), [])
    assert questions.runs(SetId("s")) == [run("r2", 1), run("r1", 0)]
    assert questions.runs(None) == [run("r3", 1, None)]
    assert questions.run(RunId("r2")) == run("r2", 1) and questions.run(RunId("r9")) is None


def test_the_last_result_of_a_question_is_the_newest_before_that_moment_of_any_run(questions: QuestionStore) -> None:
    questions.keep_run(run("r1", 0), [result("一", "a"), result("二", "a")])
    questions.keep_run(run("r2", 1, None), [result("一", "b")])
    questions.keep_run(run("r3", 2), [result("一", "c")])
    found = questions.last_results(["一", "二", "三"], NINE + timedelta(hours=2))
    assert {name: (at, each.item) for name, (at, each) in found.items()} == {
        "一": (NINE + timedelta(hours=1), "b"),
        "二": (NINE, "a"),
    }
    many = [f"问{number}" for number in range(1200)]
    assert questions.last_results(many, NINE) == {}


def test_old_runs_go(questions: QuestionStore) -> None:
    questions.keep_run(run("r1", 0), [result("一")])
    questions.keep_run(run("r2", 2), [result("一")])
    assert questions.drop_runs(NINE + timedelta(hours=1)) == 1
    assert questions.results(RunId("r1")) == [] and len(questions.results(RunId("r2"))) == 1


def recorded(number: int, said: str, outcome: Outcome, hours: int = 0, answer: bool = False) -> RecordedTurn:
    replies: tuple[Reply, ...] = (TextReply(text="答"),)
    if answer:
        replies = (
            AnswerReply(
                text="答", lead=1, details_end=1, answer_id=AnswerId(f"a{number}"), guide_id="g", guide_name="甲",
                aspect=Aspect.FEE, region="000000", sources=(),
            ),
        )  # fmt: skip
    at = NINE + timedelta(hours=hours)
    return RecordedTurn(MessageId(f"m{number}"), VisitorId("v"), at, said, outcome, replies, 5)


def test_turns_in_vain_are_found_newest_first(database_url: str) -> None:
    engine = open_database(database_url)
    records, store = ConversationStore(engine), AskedStore(engine)
    for number, (said, outcome, hours, answered) in enumerate(
        [
            ("早先", Outcome.NOT_FOUND, -5, False),
            ("没答上", Outcome.NOT_FOUND, 1, False),
            ("拿不准", Outcome.CLARIFY, 2, False),
            ("答了", Outcome.ANSWERED, 3, True),
            ("没用", Outcome.ANSWERED, 4, True),
        ]
    ):
        records.record(recorded(number, said, outcome, hours, answered), Context())
    records.judge(VisitorId("v"), AnswerId("a3"), True, "", NINE + timedelta(hours=5))
    records.judge(VisitorId("v"), AnswerId("a4"), False, "", NINE + timedelta(hours=5))
    found = store.troubled(NINE)
    assert [(each.said, each.trouble) for each in found] == [
        ("没用", Trouble.NOT_USEFUL),
        ("拿不准", Trouble.UNSURE),
        ("没答上", Trouble.UNANSWERED),
    ]
    assert [each.said for each in store.troubled(NINE, regions=("",))] == ["没用", "拿不准", "没答上"]
    assert store.troubled(NINE, regions=("880101",)) == []
    assert [each.said for each in store.troubled(NINE, items=frozenset({"nothing"}))] == ["拿不准", "没答上"]
    assert [each.said for each in store.troubled(NINE, limit=1)] == ["没用"] and found[1].at == NINE + timedelta(
        hours=2
    )
    engine.dispose()


def test_tasks_come_back_open_ones_by_their_day_and_done_ones_last(database_url: str) -> None:
    engine = open_database(database_url)
    store = AskedStore(engine)

    def task(name: str, day: int, **changed: Any) -> Task:
        return Task(TaskId(name), "问", 3, "渔政", date(2026, 6, day), "注", "anna", NINE, **changed)

    tasks = [task("a", 9), task("b", 3), task("c", 1, done_by="berta", done_at=NINE), task("d", 5)]
    for each in tasks:
        store.keep_task(each)
    assert [each.task_id for each in store.tasks()] == ["b", "d", "a", "c"]
    assert store.task(TaskId("c")) == tasks[2] and store.task(TaskId("z")) is None
    store.keep_task(task("b", 4))
    assert store.tasks(limit=1) == [task("b", 4)]
    engine.dispose()


def test_a_life_event_and_rates_are_published_in_their_own_tables(
    stores: tuple[DraftStore, QuestionStore, KnowledgeStore],
) -> None:
    drafts, _, knowledge = stores
    files = replace(content_of(published()), written_scenarios={DOG_LIFE: lived()}, written_rates={"dogs": rates()})
    assert knowledge.seed(files).added == 2
    seen = knowledge.last_change()
    for number, (key, was, body) in enumerate(
        (
            (DocumentKey.of_scenario(DOG_LIFE), lived().body, {**lived().body, "title": "养狗一件事"}),
            (DocumentKey.of_rates("dogs"), rates().body, {**rates().body, "title": "养狗的钱"}),
        ),
        start=1,
    ):
        drafts.begin(draft(number, key=key, body=body, base=was, state=DraftState.APPROVED))
        assert drafts.publish(DraftId(f"d-{number}"), ["berta"], NINE).number == 2
        assert [each.body for each in drafts.versions(key)] == [body, was]
    changed = knowledge.changed_since(seen)
    assert changed and changed.ids[Kind.SCENARIO] == {DOG_LIFE} and changed.ids[Kind.RATES] == {"dogs"}
    [row] = knowledge.kept().scenarios
    assert row.body["title"] == "养狗一件事"
    assert knowledge.seed(files).added == 0  # what staff changed is theirs
    faulty = draft(3, key=DocumentKey.of_scenario(DOG_LIFE), body={"id": DOG_LIFE}, state=DraftState.APPROVED)
    drafts.begin(faulty)
    with pytest.raises(NotSound):
        drafts.publish(faulty.draft_id, ["berta"], NINE)
    assert knowledge.kept().scenarios[0].body["title"] == "养狗一件事"


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told(
    stores: tuple[DraftStore, QuestionStore, KnowledgeStore],
) -> None:
    drafts, _, _ = stores
    drafts.begin(draft(state=DraftState.APPROVED))

    def publish() -> bool:
        try:
            drafts.publish(DraftId("d-1"), ["berta"], NINE)
        except NoSuchDraft:
            return False
        return True

    assert sorted(at_once([publish] * 4)) == [False, False, False, True]
    assert len(drafts.versions(KEY)) == 2  # what came with the files, and this one
