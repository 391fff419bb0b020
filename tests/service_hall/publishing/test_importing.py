"""Sheets: what is wrong is told cell by cell, and all is taken or nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from knowledge_base.documents import GuideDocument, resolve
from knowledge_base.published import Published
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import DocumentKey, Draft, DraftState
from service_hall.publishing.importing import Checked, Importing
from service_hall.publishing.sheets import COLUMNS, Row, Table, rows_of
from tests.fakes import DOG, NATION, TODAY, document, published, statement, telling
from tests.publishing_town import ANNA, DOG_KEY, PublishingTown


def sheet(table: Table, documents: Iterable[GuideDocument]) -> list[Row]:
    """As it was exported."""
    lines = enumerate(rows_of(table, documents), start=2)
    return [Row(table, number, dict(zip(COLUMNS[table], cells, strict=True))) for number, cells in lines]


def whole(town: PublishingTown) -> list[GuideDocument]:
    return [each for documents in town.shelf.library().published.documents.values() for each in documents]


def changed(rows: Sequence[Row], number: int, **cells: str) -> list[Row]:
    return [replace(row, cells={**row.cells, **cells}) if row.number == number else row for row in rows]


def row_of(rows: Sequence[Row], **cells: str) -> Row:
    return next(row for row in rows if all(row.get(name) == cell for name, cell in cells.items()))


def test_the_sheet_that_was_exported_changes_nothing(town: PublishingTown) -> None:
    rows = [row for table in Table for row in sheet(table, whole(town))]
    assert town.publishing.importing.check(rows) == Checked(len(rows), (), ())
    assert town.publishing.importing.take(rows, ANNA) == []


def test_a_changed_cell_is_a_draft_and_the_sheet_again_changes_nothing(town: PublishingTown) -> None:
    rows = sheet(Table.STATEMENTS, whole(town))
    fee = row_of(rows, guide_id="dog-register", statement_id="fee")
    rows = changed(rows, fee.number, says="登记费是50元。", amount="50")
    [draft] = _drafts(town.publishing.importing.take(rows, ANNA))
    assert draft.key == DOG_KEY and draft.body == telling(
        DOG, {**next(each for each in DOG["statements"] if each["id"] == "fee"), "says": "登记费是50元。"}
    )
    assert town.publishing.importing.check(rows).faults == ()
    again = _drafts(town.publishing.importing.take(rows, ANNA))
    assert again == []


def test_a_new_statement_and_its_questions_come_in_together(town: PublishingTown) -> None:
    key = {"guide_id": "dog-register", "region": NATION, "document_from": "2020-01-01"}
    rows = [
        Row(Table.STATEMENTS, 2, {**key, "list": "写明", "statement_id": "leash", "kind": "说明", "says": "遛狗要牵绳。", "source": "rule#3", "aspects": "概况"}),
        Row(Table.QUESTIONS, 2, {**key, "statement_id": "leash", "question": "遛狗牵不牵绳", "voice": "口语", "decides": "要牵"}),
        Row(Table.QUESTIONS, 3, {**key, "statement_id": "leash", "question": "狗绳多长"}),
    ]  # fmt: skip
    [draft] = _drafts(town.publishing.importing.take(rows, ANNA))
    asked = [{"q": "遛狗牵不牵绳", "voice": "oral", "decides": "要牵"}, "狗绳多长"]
    assert draft.body["statements"][-1] == statement("leash", "note", "遛狗要牵绳。", aspects=["overview"], asked=asked)


def test_columns_that_are_not_there_leave_a_statement_as_it_is(town: PublishingTown) -> None:
    key = {"guide_id": "dog-register", "region": NATION, "document_from": "2020-01-01", "statement_id": "fee"}
    [draft] = _drafts(
        town.publishing.importing.take([Row(Table.STATEMENTS, 2, {**key, "says": "登记费是50元。"})], ANNA)
    )
    assert next(each for each in draft.body["statements"] if each["id"] == "fee")["says"] == "登记费是50元。"


def test_a_number_that_is_none_is_told_in_plain_chinese(town: PublishingTown) -> None:
    key = {"guide_id": "dog-register", "region": NATION, "document_from": "2020-01-01", "statement_id": "fee"}
    [fault] = town.publishing.importing.check([Row(Table.STATEMENTS, 2, {**key, "amount": "abc"})]).faults
    assert "应当是数字" in fault.says and "Input" not in fault.says


def test_rows_of_a_document_that_there_is_not_are_told_though_none_can_be_read(town: PublishingTown) -> None:
    """A day that is typed wrongly names another document, in which nothing stands yet."""
    unread = {"guide_id": "dog-register", "region": NATION, "document_from": "2020-01-02", "statement_id": "fee"}
    rows = [Row(Table.STATEMENTS, 2, {**unread, "says": "登记费是50元。"}), Row(Table.QUESTIONS, 3, unread)]
    checked = town.publishing.importing.check(rows)
    assert [(each.table, each.row) for each in checked.faults] == [(Table.QUESTIONS, 3), (Table.STATEMENTS, 2)]
    assert town.publishing.importing.take(rows, ANNA) == checked


def test_each_faulty_cell_is_told_and_nothing_is_taken(town: PublishingTown) -> None:
    rows = sheet(Table.STATEMENTS, whole(town))
    faulty = {
        2: {"guide_id": "nothing"},
        3: {"region": "123456"},
        4: {"kind": "胡话"},
        5: {"says": ""},
        6: {"source": "no-such#1"},
        7: {"phone": "12345"},
        9: {"list": "随便"},
    }
    for number, cells in faulty.items():
        rows = changed(rows, number, **cells)
    found = town.publishing.importing.take(rows, ANNA)
    assert isinstance(found, Checked)
    assert [(each.row, each.column) for each in found.faults] == [
        (number, name) for number, cells in faulty.items() for name in cells
    ]
    assert all(each.says for each in found.faults) and town.publishing.desk.records.open_draft_of(DOG_KEY) is None


def test_of_five_thousand_rows_twenty_faults_are_told_just_those_twenty(town: PublishingTown) -> None:
    many = [statement(f"fact-{number}", "note", f"第{number}条说明。", aspects=["overview"]) for number in range(5000)]
    rows = sheet(Table.STATEMENTS, [document(telling(DOG, *many))])
    assert len(rows) > 5000
    chance = random.Random(7)
    wrong = sorted(chance.sample(range(40, 5000), 20))
    for number in wrong:
        rows = changed(
            rows,
            number,
            **chance.choice([{"says": ""}, {"source": "no-such#9"}, {"kind": "胡话"}, {"aspects": "天气"}]),
        )
    found = town.publishing.importing.take(rows, ANNA)
    assert isinstance(found, Checked) and [each.row for each in found.faults] == wrong
    assert town.publishing.desk.records.open_draft_of(DOG_KEY) is None


def test_an_empty_question_is_told_once_and_at_its_row(town: PublishingTown) -> None:
    rows = sheet(Table.QUESTIONS, whole(town))
    wrong = [row.number for row in rows if row.get("guide_id") == "dog-register"][1:2]
    for number in wrong:
        rows = changed(rows, number, question="")
    found = town.publishing.importing.take(rows, ANNA)
    assert isinstance(found, Checked)
    assert [(each.row, each.column, each.says) for each in found.faults] == [(wrong[0], "question", "不能为空")]


def test_a_colleagues_draft_is_not_written_over(town: PublishingTown) -> None:
    draft = town.draft()
    town.save(draft, "place", statement("place", "place", "村里的窗口。"))
    rows = sheet(Table.STATEMENTS, whole(town))
    fee = row_of(rows, guide_id="dog-register", statement_id="fee")
    found = town.publishing.importing.check(changed(rows, fee.number, says="登记费是50元。"))
    assert [each.column for each in found.faults] == ["guide_id"] and "anna" in found.faults[0].says


def test_a_draft_that_is_begun_in_the_middle_of_it_keeps_all_out_and_is_told(
    town: PublishingTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another sheet, or a colleague, between the look and the taking."""
    desk = town.publishing.desk
    begin_all = desk.records.begin_all

    def after_another(drafts: Sequence[Draft]) -> list[Draft] | None:
        monkeypatch.undo()
        town.save(town.draft(editor="berta"), "place", statement("place", "place", "村里的窗口。"), "berta")
        return begin_all(drafts)

    monkeypatch.setattr(desk.records, "begin_all", after_another)
    rows = sheet(Table.STATEMENTS, whole(town))
    card = row_of(rows, guide_id="library-card-first")
    fee = row_of(rows, guide_id="dog-register", statement_id="fee")
    rows = changed(changed(rows, fee.number, says="登记费是50元。"), card.number, says="来图书馆一楼。")
    found = town.publishing.importing.take(rows, ANNA)
    assert isinstance(found, Checked) and ["berta" in each.says for each in found.faults] == [True]
    assert {each.key.guide_id for each in desk.records.drafts([*DraftState])} == {"dog-register"}


def test_a_statement_that_stands_twice_is_told_once(town: PublishingTown) -> None:
    rows = sheet(Table.STATEMENTS, whole(town))
    twice = replace(rows[0], number=9000)
    [fault] = town.publishing.importing.check([*rows, twice]).faults
    assert (fault.row, fault.column) == (9000, "statement_id") and "第2行" in fault.says


def test_taken_into_an_empty_hall_the_guides_are_the_same(town: PublishingTown) -> None:
    """Similar questions, regions and all."""
    everything = published()
    rows = [row for table in Table for row in sheet(table, whole(town))]
    bare = replace(town.shelf.library(), published=replace(everything, documents={}))
    desk = replace(town.publishing.desk, means=replace(town.publishing.desk.means, library=lambda: bare))
    assert isinstance(desk, PublishingDesk)
    national = [row for row in rows if row.get("region") == NATION]
    found = Importing(desk).check(national)
    assert found.faults == () and len(found.changed) == 5
    for each in found.changed:
        assert _resolved(each.key, each.body, everything) == _resolved_now(each.key, everything)


def _drafts(taken: Checked | list[Draft]) -> list[Draft]:
    assert isinstance(taken, list), taken
    return taken


def _resolved(key: DocumentKey, body: dict[str, object], everything: Published) -> object:
    return resolve([GuideDocument(key.guide_id, key.region, body)], everything.regions, key.region, TODAY)


def _resolved_now(key: DocumentKey, everything: Published) -> object:
    [own] = [each for each in everything.documents[key.guide_id] if DocumentKey.of(each) == key]
    return resolve([own], everything.regions, key.region, TODAY)
