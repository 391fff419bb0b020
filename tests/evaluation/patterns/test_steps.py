"""The counter finds what `re` finds, and counts what backtracking costs."""

from __future__ import annotations

import random
import re
import warnings

import pytest

from evaluation.patterns.kept import patterns_kept
from evaluation.patterns.repetitions import families
from evaluation.patterns.steps import Counter, OverBudgetError

_ATOMS = ("a", "b", "ab", "[ab]", "[^a]", ".", "c", "ba", "(?:)", r"\w", "A", "(?i:a)")
_REPEATS = ("*", "+", "?", "{0,2}", "{2}", "{1,3}", "*?", "+?", "??", "{1,2}?", "*+", "++", "?+", "{0,2}+", "{2}+")
_BEHIND = ("a", "b", "ab", "[ab]", "(?:a|b)")
_PLACES = ("^", "$", r"\b", r"\B", r"\A", r"\Z")


def some_pattern(chance: random.Random, depth: int) -> str:
    """Of every kind of node, one in another."""

    def inner() -> str:
        return some_pattern(chance, depth - 1)

    drawn = chance.random()
    if depth == 0 or drawn < 0.25:
        return chance.choice(_ATOMS)
    if drawn < 0.45:
        return inner() + inner()
    if drawn < 0.60:
        return f"(?:{inner()}|{inner()})"
    if drawn < 0.78:
        return f"(?:{inner()}){chance.choice(_REPEATS)}"
    if drawn < 0.83:
        return f"(?>{inner()})"
    if drawn < 0.90:
        return f"({chance.choice(('?=', '?!'))}{inner()})"
    if drawn < 0.95:
        return f"(?<{chance.choice('=!')}{chance.choice(_BEHIND)})"
    return chance.choice(_PLACES)


def assert_as_re(pattern: re.Pattern[str], text: str, budget: int = 200_000) -> None:
    counter = Counter(pattern, budget=budget)
    assert list(counter.finditer(text)) == [found.span() for found in pattern.finditer(text)], (pattern, text)
    for way in ("search", "match", "fullmatch"):
        counter.spent = 0
        found = getattr(pattern, way)(text)
        assert getattr(counter, way)(text) == (found.span() if found else None), (pattern, way, text)


def test_it_finds_what_re_finds_whatever_the_pattern() -> None:
    chance, compared = random.Random(11), 0
    while compared < 800:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pattern = re.compile(some_pattern(chance, 4), chance.choice((0, 0, re.I, re.M, re.S)))
        for _ in range(4):
            text = "".join(chance.choice("aaabbbcA\n") for _ in range(chance.randrange(9)))
            try:
                assert_as_re(pattern, text)
            except OverBudgetError:
                continue  # (?:(?:.?)*)+ and the like
            compared += 1


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a+)b\1", "aabaab aba"),
        (r"(?P<sign>['\"]).*?(?P=sign)", "say 'it' or \"that's\" all"),
        (r"(?i)(ab)\1", "abAB aBab"),
        (r"(<)?\w+(?(1)>|$)", "<name> <name name"),
        (r"([一-龥])[不没]\1", "能不能办，有没有号"),
        (r"(?<!\d)\d{2,4}(?!\d)", "1 22 333 4444 55555"),
        (r"(?:下下?|这)周[一二三]|周末", "下下周三，这周一，周末"),
        (r"\s+$|^\s+", "  两头有空格  "),
        (r"(?m)^[^\n]*$", "一行\n两行\n\n"),
        (r"(?:a|ab){2}+b", "abab"),
        (r"(?>a|ab)c", "abc ac"),
        (r"x{3}|x{0}y", "xxxy"),
    ],
)
def test_what_stands_in_the_products_patterns_too(pattern: str, text: str) -> None:
    assert_as_re(re.compile(pattern), text)


def test_it_finds_what_re_finds_with_the_products_own_patterns() -> None:
    chance = random.Random(7)
    for each in patterns_kept():
        every = families(each.pattern, most_pairs=2)
        for family in chance.sample(every, min(len(every), 3)):
            assert_as_re(each.pattern, family.text(24))


def steps(pattern: str, text: str) -> int:
    counter = Counter(re.compile(pattern))
    list(counter.finditer(text))
    return counter.spent


def test_a_text_twice_as_long_costs_twice_as_much_where_nothing_is_tried_again() -> None:
    for pattern in ("a*b|c", r"(?<!a)a++b", "(?:ab){1,5}", "[^。]{0,6}号", "a"):
        assert steps(pattern, "a" * 400) <= 2.05 * steps(pattern, "a" * 200) or pattern == "a*b|c", pattern


def test_a_run_begun_anew_at_each_of_its_characters_costs_the_square() -> None:
    assert steps("a*b", "a" * 400) > 3.5 * steps("a*b", "a" * 200)
    assert steps(r"\s+$", " " * 400 + "x") > 3.5 * steps(r"\s+$", " " * 200 + "x")
    assert steps("，(?!.*？)", "，" * 400) > 3.5 * steps("，(?!.*？)", "，" * 200)


@pytest.mark.parametrize("pattern", ["(?:a|aa)+$", "(?:a*)*$", "(?:帮我?|我|a)*$", "(?:a+)+?$"])
def test_what_can_be_read_in_two_ways_costs_the_power_and_is_stopped(pattern: str) -> None:
    text = ("帮我" if "帮" in pattern else "a") * 200 + "♪"
    counter = Counter(re.compile(pattern), budget=100_000)
    with pytest.raises(OverBudgetError):
        counter.match(text)
    assert counter.spent < 101_000


def test_possessive_and_atomic_readings_are_not_tried_again() -> None:
    for pattern in ("(?:a|aa)++$", "(?>(?:a|aa)+)$"):
        counter = Counter(re.compile(pattern))
        assert counter.match("a" * 200 + "♪") is None
        assert counter.spent < 5_000


def test_thousands_of_characters_are_no_depth() -> None:
    assert Counter(re.compile("(?:ab|c)*d")).match("ab" * 5_000 + "d") == (0, 10_001)
