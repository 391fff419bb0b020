"""Learns who wants help to break the law, of what is listed of each item, against what everybody asks: a part of
learning what people tell. Nothing that serves citizens imports this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge_base.content_files import Content
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.beyond_reader import texts_of_beyond
from knowledge_base.search.learned_lives import ASKS, WANTS, SaidAndMeant
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.reading_apart import RARE, Solver, read_apart
from knowledge_base.search.wrong_lists import OfItem, load_wrong_lists

STRENGTH = 5.0
"""Inverse of the regularisation; a fifth of it knew fewer wrongs of items left out, four times as much no more. With
the bias left free they were 39 instead of 54 %, at as few honest sentences and right answers lost."""
WEIGHT_OF_LISTED = 4.5
"""The lists were written for this, and are one in ten of what it is learned of: each sentence counts for so many."""


@dataclass(frozen=True)
class Wrongs:
    """As the encoder reads them, in a fixed order."""

    wrong: Sequence[str]
    lawful: Sequence[str]
    """What sounds like it, and what is asked of the same items."""
    beside: Sequence[str]
    """What the guides list as asked, what others handle, and what the hall is asked of itself."""


def learn_wrongs(lists: Wrongs, meanings: Meanings) -> SaidAndMeant:
    """Between ASKS and WANTS. The same ones give the same figures."""
    weights = {
        **dict.fromkeys(lists.beside, 1.0),
        **dict.fromkeys(lists.lawful, WEIGHT_OF_LISTED),
        **dict.fromkeys(lists.wrong, WEIGHT_OF_LISTED),
    }
    wrong, texts = {*lists.wrong}, sorted(text for text in weights if plain(text))
    labels = [WANTS if text in wrong else ASKS for text in texts]
    vectors = meanings.vectors(texts)
    return read_apart(texts, vectors, labels, RARE, STRENGTH, [weights[text] for text in texts], Solver.LIBLINEAR)


def wrongs_of(
    content: Content, asked: Sequence[str], plainly: Plainly, lists: Iterable[OfItem] | None = None
) -> Wrongs:
    """`asked`: what the guides list. `lists`: None: all that are shipped."""
    of_items = load_wrong_lists() if lists is None else tuple(lists)
    of_hall = [text for documents in content.topics.values() for text in documents[0].body.get("asked", ())]
    return Wrongs(
        wrong=[plainly(text) for each in of_items for text in each.wrong],
        lawful=[plainly(text) for each in of_items for text in each.lawful],
        beside=[*asked, *texts_of_beyond(content.beyond, plainly), *map(plainly, of_hall)],
    )
