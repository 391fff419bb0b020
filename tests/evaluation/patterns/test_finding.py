"""No pattern of the product escapes, wherever it is kept."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

import pytest

from evaluation.patterns.calls import calls_of_re, patterns_in_calls
from evaluation.patterns.found import ANYWHERE
from evaluation.patterns.kept import patterns_in, patterns_kept
from evaluation.patterns.outside import patterns_of_rasa
from knowledge_base.language.asking import PHRASES
from service_hall.hearing.notions import NOTIONS

_A, _B = re.compile("a"), re.compile("b")


@dataclass(frozen=True)
class Kept:
    pattern: re.Pattern[str]
    more: dict[str, list[re.Pattern[str]]] = field(default_factory=dict)


def maker(pattern: re.Pattern[str]) -> object:
    @lru_cache
    def reads(text: str) -> bool:
        return bool(pattern.search(text))

    return reads


@pytest.mark.parametrize(
    "thing",
    [
        [_A, _B],
        {"one": (_A,), "two": {_B}},
        Kept(_A, {"more": [_B]}),
        [maker(_A), partial(re.sub, _B)],
        [lambda text, pattern=_A: pattern.search(text), _B.sub],
    ],
    ids=["list", "tables", "dataclass", "closures", "functions"],
)
def test_patterns_are_found_in_whatever_holds_them(thing: object) -> None:
    assert {found.pattern for found in patterns_in(thing, "thing")} == {_A, _B}


def test_modules_tuples_of_readings_and_classes_are_looked_through() -> None:
    kept = {found.where.partition("[")[0] for found in patterns_kept()}
    assert {
        "service_hall.hearing.notions.NOTIONS",
        "service_hall.hearing.picking._BARE",
        "service_hall.hearing.when.days._READINGS",
        "service_hall.hearing.correcting._PATTERNS",
        "channels.switchboard.receive._SLASHES",
        "knowledge_base.yaml_lines._PlainLoader.yaml_implicit_resolvers",
    } <= kept


def test_every_phrase_that_is_written_down_is_found() -> None:
    found = {each.pattern for each in patterns_kept()}
    assert {phrase.pattern for phrase in (*NOTIONS.values(), *PHRASES.values())} <= found
    assert {phrase.unless for phrase in NOTIONS.values() if phrase.unless} <= found


def test_how_a_pattern_is_used_is_read_from_the_code() -> None:
    ways = {found.where: found.ways for found in patterns_kept()}
    assert ways["service_hall.hearing.picking._BARE"] == {"fullmatch"}
    assert ways["service_hall.hearing.when.days._RULED_OUT_AFTER"] == {"match"}
    assert ways["service_hall.hearing.notions.NOTIONS['books'].pattern"] == ANYWHERE  # handed on
    assert ways["service_hall.hearing.correcting._PATTERNS[0]"] == ANYWHERE


def test_patterns_written_in_calls_are_found() -> None:
    found, _ = patterns_in_calls()
    assert {r"1\d{10}", "姓名|名字"} <= {each.pattern.pattern for each in found}


def test_each_call_of_re_is_found_with_the_function_it_stands_in() -> None:
    tree = ast.parse(
        "import re\nclass A:\n def f(self):\n  return [re.sub('a', '', t) for t in x]\nB = re.compile('b')"
    )
    assert [(call.lineno, within) for call, within in calls_of_re(tree)] == [(4, "f"), (5, "")]


@pytest.mark.parametrize("way", ["from re import sub", "from re import compile as c", "import re as r"])
def test_re_goes_by_its_own_name(way: str) -> None:
    with pytest.raises(AssertionError, match="so that it is found"):
        list(calls_of_re(ast.parse(way)))


def test_those_of_what_rasa_loads(tmp_path: Path) -> None:
    (tmp_path / "component.py").write_text('import re\n\n_RUN = re.compile("[a-z]+")\n', "utf-8")
    [found] = patterns_of_rasa(tmp_path)
    assert (found.where, found.pattern.pattern) == ("component:3", "[a-z]+")
