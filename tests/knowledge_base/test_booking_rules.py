from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.booking_rules import (
    BOOKING_RULES,
    BookingRuleBook,
    BookingRules,
    FaultyBookingRules,
    NoBookingRules,
    load_booking_rules,
)
from knowledge_base.yaml_lines import read_yaml

FIRST: dict[str, Any] = {**read_yaml(BOOKING_RULES).data["rules"][0], "effective_from": "2026-01-01"}


def load(folder: Path, *versions: Any) -> BookingRuleBook:
    path = folder / "booking_rules.yml"
    path.write_text(yaml.safe_dump({"rules": list(versions)}, allow_unicode=True), "utf-8")
    return load_booking_rules(path)


def faults_of(folder: Path, *versions: Any) -> list[str]:
    with pytest.raises(FaultyBookingRules) as told:
        load(folder, *versions)
    for fault in told.value.faults:
        written = (folder / fault.file).read_text("utf-8").splitlines()[fault.line - 1]
        name = fault.field.rpartition(".")[2]
        assert name.isdigit() or name in ("rules", "") or name not in str(versions) or name in written
    return [f"{fault.field}: {fault.message}" for fault in told.value.faults]


class TestTheShippedRules:
    def test_hold_today_and_say_that_they_are_samples(self) -> None:
        rules = load_booking_rules().on(date(2026, 11, 25))
        assert (rules.hold_minutes, rules.horizon_days, rules.check_in_minutes) == (10, 30, 60)
        assert rules.remind_day_before_at == time(18, 0) and rules.remind_minutes_before == 120
        assert rules.source == "sample" and rules.reviewed_on

    def test_state_every_figure_themselves(self) -> None:
        """No figure of policy hides in the code as a default."""
        figures = BookingRules.model_fields.keys() - {"effective_to"}
        for version in read_yaml(BOOKING_RULES).data["rules"]:
            assert figures <= version.keys()
        assert [name for name in figures if not BookingRules.model_fields[name].is_required()] == []


class TestTheVersionOfADay:
    def test_changes_on_its_first_day(self, tmp_path: Path) -> None:
        book = load(tmp_path, FIRST, {**FIRST, "effective_from": "2027-01-01", "hold_minutes": 15})
        assert [book.on(day).hold_minutes for day in (date(2026, 12, 31), date(2027, 1, 1))] == [10, 15]

    def test_may_speak_for_a_while_before_the_older_one_speaks_again(self, tmp_path: Path) -> None:
        festival = {**FIRST, "effective_from": "2027-02-01", "effective_to": "2027-02-14", "horizon_days": 7}
        book = load(tmp_path, festival, FIRST)
        days = (date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 14), date(2027, 2, 15))
        assert [book.on(day).horizon_days for day in days] == [30, 7, 7, 30]

    def test_before_the_first_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(NoBookingRules, match="2025-12-31 没有生效的预约规则"):
            load(tmp_path, FIRST).on(date(2025, 12, 31))

    def test_may_end_on_the_last_day_that_there_is(self, tmp_path: Path) -> None:
        assert load(tmp_path, {**FIRST, "effective_to": "9999-12-31"}).on(date.max)


class TestFaultyRules:
    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("hold_minutes", 0, "不能小于1"),
            ("hold_minutes", 1441, "不能大于1440"),
            ("hold_minutes", "十", "应当是整数"),
            ("hold_minutes", "10", "应当是整数"),
            ("hold_minutes", True, "应当是整数"),
            ("hold_minutes", None, "应当是整数"),
            ("lead_minutes", -1, "不能小于0"),
            ("horizon_days", 10**12, "不能大于366"),
            ("remind_day_before_at", 1800, '时间要写成 "18:00" 的样子'),
            ("remind_day_before_at", "24:00", '时间要写成 "18:00" 的样子'),
            ("notices_from", "8点", '时间要写成 "18:00" 的样子'),
            ("effective_from", "明年", "日期应写成 2026-01-31 的样子"),
            ("reviewed_by", " ", "不能为空"),
            ("hold_minuets", 10, "没有这个字段"),
        ],
    )
    def test_are_told_with_field_line_and_what_to_write(
        self, tmp_path: Path, name: str, value: Any, message: str
    ) -> None:
        (fault,) = faults_of(tmp_path, FIRST, {**FIRST, "effective_from": "2027-01-01", name: value})
        assert fault.startswith(f"rules.1.{name}: ") and message in fault

    def test_are_told_all_at_once(self, tmp_path: Path) -> None:
        assert len(faults_of(tmp_path, {**FIRST, "hold_minutes": 0, "appeal_days": 0})) == 2

    def test_a_missing_figure_is_told(self, tmp_path: Path) -> None:
        lacking = {name: value for name, value in FIRST.items() if name != "late_minutes"}
        assert faults_of(tmp_path, lacking) == ["rules.0.late_minutes: 缺少这个字段"]

    @pytest.mark.parametrize(
        ("stated", "message"),
        [
            ({"effective_to": "2025-12-31"}, "失效日期早于生效日期"),
            ({"no_show_restriction_at": 1}, "先提醒后限制"),
            ({"active_per_person_and_item": 6}, "active_per_person 不能小于"),
            ({"notices_from": "18:01"}, "remind_day_before_at 要在 notices_from 和 notices_until 之间"),
            ({"notices_until": "18:00"}, "remind_day_before_at 要在 notices_from 和 notices_until 之间"),
            ({"codes_per_phone": 9, "codes_per_phone_from_address": 5}, "codes_per_phone 至少是"),
        ],
    )
    def test_figures_that_contradict_each_other_are_told(
        self, tmp_path: Path, stated: dict[str, Any], message: str
    ) -> None:
        (fault,) = faults_of(tmp_path, {**FIRST, **stated})
        assert fault.startswith("rules.0: ") and message in fault

    def test_two_versions_may_not_begin_on_one_day(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, FIRST, {**FIRST, "horizon_days": 7}) == [
            "rules.1.effective_from: 同一天生效的已有一版"
        ]

    def test_no_day_may_be_left_without_rules(self, tmp_path: Path) -> None:
        later = {**FIRST, "effective_from": "2027-01-01"}
        faults = faults_of(tmp_path, {**FIRST, "effective_to": "2026-12-30"}, later)
        assert faults == ["rules.0.effective_to: 从 2026-12-31 起没有生效的规则"]

    @pytest.mark.parametrize("text", ["", "rules:\n", "rules: []\n", "- 5\n", "rules: {a: 1}\n"])
    def test_a_file_without_any_version_is_told(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "booking_rules.yml"
        path.write_text(text, "utf-8")
        with pytest.raises(FaultyBookingRules, match=r"booking_rules\.yml:1: rules: 至少要写一版预约规则"):
            load_booking_rules(path)

    @pytest.mark.parametrize("version", [5, "一版", None, []])
    def test_a_version_that_is_no_mapping_is_told(self, tmp_path: Path, version: Any) -> None:
        assert faults_of(tmp_path, version) == ["rules.0: 应当是一组“字段: 值”"]

    def test_what_is_no_yaml_is_told_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "booking_rules.yml"
        path.write_text("rules:\n  - {hold_minutes: 1, hold_minutes: 2}\n", "utf-8")
        with pytest.raises(FaultyBookingRules, match=r"booking_rules\.yml:2: .*重复出现"):
            load_booking_rules(path)
