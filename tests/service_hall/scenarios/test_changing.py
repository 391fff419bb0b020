"""Whose list another paper has come into is told, once."""

from __future__ import annotations

from dataclasses import replace

from service_hall.conversation.reply import NoticeReply
from service_hall.scenarios.changing import tell_changes
from tests.fake_records import FakeRecords
from tests.service_hall.scenarios.resident import BEGINS, Resident


def with_a_list() -> Resident:
    resident = Resident()
    resident.says(BEGINS, "好的", "单位养来看门", "前天", "两只")
    return resident


def test_nobody_is_told_of_nothing() -> None:
    resident, records = with_a_list(), FakeRecords()
    assert tell_changes(resident.desk, records) == 0


def test_the_owner_is_told_what_has_changed_and_can_look() -> None:
    resident, records = with_a_list(), FakeRecords()
    [kept] = resident.desk.checklists.of_visitor(resident.visitor_id)
    resident.desk.checklists.keep(replace(kept, papers=kept.papers[1:]))
    tell_changes(resident.desk, records)
    tell_changes(resident.desk, records)
    [pushed] = records.pushed_after(resident.visitor_id, 0)
    assert isinstance(pushed.reply, NoticeReply)
    assert f"现在还要{kept.papers[0]}" in pushed.reply.text
    resident.says(pushed.reply.options[0].payload)
    assert "材料有变化" in resident.checklist.text
    assert tell_changes(resident.desk, FakeRecords()) == 0


def test_a_draft_is_left_alone() -> None:
    resident = Resident()
    resident.says(BEGINS, "好的", "单位养来看门", "算了", "算了")
    assert tell_changes(resident.desk, FakeRecords()) == 0
