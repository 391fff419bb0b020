from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge_base.model import CounterLine, Office

CARDS: dict[str, Any] = {
    "id": "cards", "name": "身份证", "letter": "A", "counters": ["1", "2", "3"], "guides": ["id-card-renew", "id-card-first"],
    "minutes": 10, "item_minutes": {"id-card-first": 15}, "slot_minutes": 30,
}  # fmt: skip
DOGS: dict[str, Any] = {
    "id": "dogs", "name": "犬只", "letter": "B", "counters": ["4", "5"], "guides": ["dog-register"],
    "minutes": 20, "slot_minutes": 30,
}  # fmt: skip
WEEK = {"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "12:00"}
OFFICE: dict[str, Any] = {
    "id": "town-hall", "name": "溪城市政务服务中心", "region": "880100", "address": "溪城路1号", "phone": "0888-1000",
    "location": {"lat": 30.0, "lon": 110.0}, "guides": ["id-card-first", "id-card-renew", "dog-register"],
    "opening_hours": [WEEK],
}  # fmt: skip


def line(**stated: Any) -> CounterLine:
    return CounterLine.model_validate({**CARDS, **stated})


def office(*lines: dict[str, Any], **stated: Any) -> Office:
    return Office.model_validate({**OFFICE, "lines": list(lines), **stated})


class TestALine:
    def test_plans_its_minutes_unless_the_item_takes_others(self) -> None:
        assert (line().minutes_for("id-card-renew"), line().minutes_for("id-card-first")) == (10, 15)

    def test_shares_its_counter_time_between_citizens_staff_and_those_who_walk_in(self) -> None:
        assert (line().public_minutes, line().internal_minutes) == (54, 18)  # of 90

    def test_rounds_its_shares_down(self) -> None:
        shared = line(slot_minutes=15, public_percent=50, internal_percent=33)
        assert (shared.public_minutes, shared.internal_minutes) == (22, 14)

    def test_may_leave_staff_nothing_or_citizens_everything(self) -> None:
        assert line(public_percent=100, internal_percent=0).internal_minutes == 0

    def test_of_one_counter_can_be_booked_when_one_visit_fits_into_its_share(self) -> None:
        assert line(counters=["1"], public_percent=50).public_minutes == 15

    @pytest.mark.parametrize(
        ("stated", "message"),
        [
            ({"letter": "a"}, "letter"),
            ({"letter": "AB"}, "letter"),
            ({"letter": ""}, "letter"),
            ({"letter": "Ａ"}, "letter"),
            ({"id": "Cards"}, "id"),
            ({"name": " "}, "name"),
            ({"counters": []}, "counters"),
            ({"counters": ["1", "1"]}, "窗口重复：1"),
            ({"counters": ["<b>"]}, "counters"),
            ({"guides": []}, "guides"),
            ({"guides": ["id-card-first", "id-card-first"]}, "事项重复：id-card-first"),
            ({"minutes": 2}, "minutes"),
            ({"minutes": 121}, "minutes"),
            ({"item_minutes": {"id-card-first": 0}}, "item_minutes"),
            ({"item_minutes": {"dog-register": 10}}, "不办的事项：dog-register"),
            ({"slot_minutes": 45}, "时段长度只能是15、20、30、60、120分钟"),
            ({"slot_minutes": 0}, "时段长度"),
            ({"item_minutes": {"id-card-first": 40}}, "最长的事项要40分钟，超过了每个时段的30分钟"),
            ({"minutes": 31, "item_minutes": {}}, "最长的事项要31分钟"),
            ({"public_percent": 81}, "加起来不能超过100"),
            ({"public_percent": -1}, "public_percent"),
            ({"public_percent": 0}, "公众只能约0分钟"),
            ({"counters": ["1"], "minutes": 20}, "公众只能约18分钟，最长的事项要20分钟"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_that_could_not_be_kept_is_refused(self, stated: dict[str, Any], message: str) -> None:
        with pytest.raises(ValidationError, match=message):
            line(**stated)

    def test_white_space_around_a_label_is_taken_off(self) -> None:
        assert line(counters=["1\n", " 2"]).counters == ("1", "2")


class TestAnOffice:
    def test_finds_the_line_of_an_item_and_of_an_id(self) -> None:
        hall = office(CARDS, DOGS)
        assert hall.line_of("dog-register") == hall.line("dogs") == hall.lines[1]
        assert hall.line_of("cat-register") is None and hall.line("") is None

    def test_without_lines_has_none_for_any_item(self) -> None:
        assert office().line_of("dog-register") is None and office().lines == ()

    def test_comes_back_from_its_json_as_it_went(self) -> None:
        hall = office(CARDS, DOGS)
        stored = json.loads(json.dumps(hall.model_dump(mode="json")))
        assert Office.model_validate(stored) == hall and hash(Office.model_validate(stored)) == hash(hall)

    def test_that_was_stored_before_there_were_lines_is_still_read(self) -> None:
        assert Office.model_validate(OFFICE).lines == () and Office.model_validate(OFFICE).hours_of("cards")

    @pytest.mark.parametrize(
        ("lines", "message"),
        [
            ([CARDS], "没有放进任何业务线：dog-register"),
            ([CARDS, {**DOGS, "guides": ["dog-register", "cat-register"]}], "网点不办的事项：cat-register"),
            ([CARDS, {**DOGS, "guides": ["dog-register", "id-card-renew"]}], "事项在几条业务线里重复：id-card-renew"),
            ([CARDS, {**DOGS, "id": "cards"}], "业务线编号在几条业务线里重复：cards"),
            ([CARDS, {**DOGS, "letter": "A"}], "取号字母在几条业务线里重复：A"),
            ([CARDS, {**DOGS, "counters": ["3", "4"]}], "窗口在几条业务线里重复：3"),
        ],
    )
    def test_puts_each_item_counter_and_letter_into_one_line(self, lines: Any, message: str) -> None:
        with pytest.raises(ValidationError, match=message):
            office(*lines)

    def test_may_open_some_lines_only_on_some_days(self) -> None:
        saturday = {"days": [6], "opens": "09:30", "closes": "12:00", "lines": ["cards"]}
        hall = office(CARDS, DOGS, opening_hours=[WEEK, saturday])
        assert [hours.days for hours in hall.hours_of("cards")] == [(1, 2, 3, 4, 5), (6,)]
        assert [hours.days for hours in hall.hours_of("dogs")] == [(1, 2, 3, 4, 5)]

    @pytest.mark.parametrize(
        ("hours", "message"),
        [
            ([{**WEEK, "lines": ["cats"]}], "没有的业务线：cats"),
            ([{**WEEK, "lines": ["cards"]}], "业务线“犬只”没有办公时间"),
            ([WEEK, {"days": [3], "opens": "11:00", "closes": "15:00"}], "办公时间有重叠：星期三 11:00"),
            ([WEEK, {**WEEK, "lines": ["dogs"]}], "业务线“犬只”的办公时间有重叠"),
            ([{**WEEK, "days": [7, 7]}], "办公时间有重叠：星期日"),
        ],
    )
    def test_knows_when_each_line_is_open_and_counts_no_counter_twice(self, hours: Any, message: str) -> None:
        with pytest.raises(ValidationError, match=message):
            office(CARDS, DOGS, opening_hours=hours)

    def test_may_close_for_lunch_and_reopen_at_once(self) -> None:
        assert office(CARDS, DOGS, opening_hours=[WEEK, {**WEEK, "opens": "12:00", "closes": "14:00"}])

    def test_without_lines_cannot_restrict_its_hours_to_any(self) -> None:
        with pytest.raises(ValidationError, match="没有的业务线：cards"):
            office(opening_hours=[{**WEEK, "lines": ["cards"]}])
