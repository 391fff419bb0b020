"""What is said in English: how many words of it, and short answers, written as the other readings take them: two is 2,
the second one 第2个."""

from __future__ import annotations

import re

_LATIN, _LATIN_WORD = re.compile(r"[A-Za-z]"), re.compile(r"(?<!\S)[A-Za-z]{2,}")
_HAN = re.compile("[\u3400-\u9fff]")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = {"today": "今天", "yesterday": "昨天", "the day before yesterday": "前天"}
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_PLACE = re.compile(rf"(?:the )?({'|'.join(_PLACES)})(?: one| option)?|(?:option|number|no\.?) ?(\d{{1,2}})")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = re.compile(
    rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH.replace('month', 'month_behind')}"
    r"(?:,? (?P<year_behind>\d{4}))?"
)
MOST_LETTERS = 60
"""Of an answer that is looked at."""


def latin_words(text: str) -> int:
    """How many there are of two letters or more; 0 where there is a Chinese character: visa怎么办 is Chinese."""
    return 0 if _HAN.search(text) else len(_LATIN_WORD.findall(text))


def answer_in_figures(text: str) -> str:
    """As it is where there is Chinese in it, or nothing of the kind."""
    if len(text) > MOST_LETTERS or _HAN.search(text) or not _LATIN.search(text):
        return text
    said = text.strip().strip(".!").lower()
    if said in _DAYS:
        return _DAYS[said]
    if found := _DAY.search(said):
        year = found["year"] or found["year_behind"]
        month = _MONTHS.index(found["month"] or found["month_behind"]) + 1
        return f"{f'{year}年' if year else ''}{month}月{found['day'] or found['day_first']}日"
    if found := _PLACE.fullmatch(said):
        return f"第{_PLACES.index(found[1]) + 1 if found[1] else found[2]}个"
    numbers = _NUMBER.findall(said)
    return str(_NUMBERS.index(numbers[0])) if len(numbers) == 1 else text
