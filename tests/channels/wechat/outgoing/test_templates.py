"""The operator's file of templates, and what a notice becomes in one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from channels.wechat.outgoing.templates import NO_TIME, Templates, load_templates
from service_hall.conversation.reply import NoticeAbout, NoticeReply
from service_hall.shared.clock import SHANGHAI

WRITTEN = """
day_before:
  subscription: tmpl-1
  lasting: true
  fields: {thing1: "{item}", time2: "{when}", thing3: "{office}", thing4: "{text}"}
called:
  template: tmpl-2
  fields: {character_string1: "{ticket}", thing2: "请到{counter}号窗口"}
"""
ABOUT = NoticeAbout(
    code="ABCDEFGH23",
    guide_name="借书证首次办理",
    office_id="hall",
    office_name="溪城市政务服务中心",
    starts_at=datetime(2026, 6, 2, 9, tzinfo=SHANGHAI),
    ticket="A007",
    counter="2",
)


def templates(tmp_path: Path, written: str = WRITTEN) -> Templates:
    path = tmp_path / "templates.yml"
    path.write_text(written, "utf-8")
    return load_templates(path)


def test_a_notice_fills_its_fields(tmp_path: Path) -> None:
    found = templates(tmp_path)
    reminder, call = found.for_kind("day_before"), found.for_kind("called")
    assert reminder and call and found.for_kind("moved") is None and found.for_kind("nonsense") is None
    assert reminder.filled(
        NoticeReply(text="提醒：您预约了明天来办事，请带好材料准时到。", kind="day_before", about=ABOUT)
    ) == {
        "thing1": "借书证首次办理",
        "time2": "2026年06月02日 09:00",
        "thing3": "溪城市政务服务中心",
        "thing4": "提醒：您预约了明天来办事，请带好材料准…",
    }
    assert call.filled(NoticeReply(text="", kind="called", about=ABOUT)) == {
        "character_string1": "A007",
        "thing2": "请到2号窗口",
    }
    assert found.lasting == {"tmpl-1"}


def test_what_a_notice_does_not_tell_is_no_reason_to_skip_it(tmp_path: Path) -> None:
    reminder = templates(tmp_path).for_kind("day_before")
    assert reminder
    told = reminder.filled(NoticeReply(text="您好。", kind="day_before"))
    assert (told["thing1"], told["time2"]) == ("无", NO_TIME)


@pytest.mark.parametrize(
    "written",
    [
        "nonsense: {fields: {thing1: x}}",
        "moved: {fields: {}}",
        "moved: {fields: {thing1: '{name}'}}",
        "moved: {fields: {thing1: '{'}}",
        "moved: {unknown: 1, fields: {thing1: x}}",
        "moved: [",
        "- moved",
    ],
)
def test_a_file_with_a_fault_keeps_the_service_from_starting(tmp_path: Path, written: str) -> None:
    with pytest.raises(ValueError):
        templates(tmp_path, written)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_templates(None).for_kind("moved") is None and templates(tmp_path, "").for_kind("moved") is None
