"""Which guides list a question, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.index import IndexedText


class ListedQuestions:
    """Never changed."""

    def __init__(self, texts: Iterable[IndexedText], plainly: Plainly) -> None:
        self._plainly = plainly
        self._holders: Mapping[str, frozenset[str]] = self._read(texts)

    def amended(
        self, items: Collection[str], before: Iterable[IndexedText], now: Iterable[IndexedText]
    ) -> ListedQuestions:
        """`items`: those that changed; `before` and `now`: their texts."""
        new = object.__new__(ListedQuestions)
        new._plainly, holders = self._plainly, dict(self._holders)
        for question in self._read(before):
            holders[question] = holders.get(question, frozenset()).difference(items)
        for question, guides in self._read(now).items():
            holders[question] = holders.get(question, frozenset()) | guides
        new._holders = holders
        return new

    def only_guide(self, question: str) -> str:
        """The one guide that lists it, as it stands or in plain words; '' for none, or several."""
        for bare in (plain(question), plain(self._plainly(question))):
            if len(holders := self._holders.get(bare, frozenset())) == 1 and bare:
                return next(iter(holders))
        return ""

    def _read(self, texts: Iterable[IndexedText]) -> dict[str, frozenset[str]]:
        holders: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            if text.has_guide and not text.is_name:
                for written in (text.text, self._plainly(text.text)):
                    holders[plain(written)].add(text.guide_id)
        # One for all questions of an item: thousands of them, and most are listed by it alone.
        own: dict[frozenset[str], frozenset[str]] = {}
        return {question: own.setdefault(each := frozenset(guides), each) for question, guides in holders.items()}
