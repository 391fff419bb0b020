"""What of an item a question asks."""

from __future__ import annotations

import pytest

from evaluation.library import open_library
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.aspect_reader import ASPECTS, FIGURES, AspectReader, load_aspect_trees


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


@pytest.fixture(scope="module")
def reader(library: Library) -> AspectReader:
    assert library.aspect_reader
    return library.aspect_reader


def test_the_trees_look_at_the_figures_there_are() -> None:
    assert load_aspect_trees().columns.max() < len(FIGURES)


def test_each_aspect_has_its_figures(library: Library, reader: AspectReader) -> None:
    guide = library.guide("passport-first")
    assert guide
    rows = reader.rows(guide, "办护照多少钱", (Aspect.FEE,))
    assert len(rows) == len(ASPECTS) and {len(row) for row in rows} == {len(FIGURES)}


@pytest.mark.parametrize(
    ("item", "question", "aspect"),
    [
        ("passport-first", "办护照多少钱", Aspect.FEE),
        ("passport-first", "第一次办护照要带什么", Aspect.MATERIALS),
        ("id-card-lost", "身份证丢了，上哪补", Aspect.LOCATION),
        ("marriage-register", "我们俩想领证", Aspect.OVERVIEW),
    ],
)
def test_what_is_asked_outright_is_read(
    library: Library, reader: AspectReader, item: str, question: str, aspect: Aspect
) -> None:
    guide = library.guide(item)
    assert guide
    assert reader.read(guide, question, (library.intents.likeliest_aspect(question),))[0] is aspect


def test_two_questions_keep_their_order(library: Library, reader: AspectReader) -> None:
    guide = library.guide("passport-first")
    assert guide
    understood = (Aspect.FEE, Aspect.TIME_LIMIT)
    assert reader.read(guide, "办护照多少钱，要几天", understood) == understood
