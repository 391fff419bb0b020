"""Learns life events from what the scenarios list, and with them who wants help to break the law, and who tells of what
no guide answers: a step of the training, after the meanings are there.

`python -m knowledge_base.search.learning_lives`. Nothing that serves citizens imports this.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge_base.content_files import Content, load_content
from knowledge_base.language.examples import examples_of, private_of
from knowledge_base.language.learning import write_whole
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly, load_spoken
from knowledge_base.model import NATIONAL
from knowledge_base.published import Published, meant_texts_of
from knowledge_base.scenarios.topics import topic_of
from knowledge_base.search.encoder import Encoder
from knowledge_base.search.kept_meanings import MEANINGS_LEARNED_OF, read_meanings, together
from knowledge_base.search.learned_lives import ASKS, LIVES, TELLS, LearnedLives, life_sources
from knowledge_base.search.learning_told import Labelled, asked_of_hall, asked_of_items, learn_told_apart, told_examples
from knowledge_base.search.learning_wrongs import Wrongs, learn_wrongs, wrongs_of
from knowledge_base.search.lived import told_in
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.reading_apart import RARE, read_apart
from knowledge_base.search.topics import takes_complaints
from knowledge_base.standing import Standing

STRENGTH_OF_WHICH, STRENGTH_OF_HOW = 10.0, 5.0
"""Inverse of the regularisation; a third and three times as much told fewer of the development situations right."""


def learn_lives(
    told: Iterable[tuple[str, str]],
    asked: Iterable[str],
    lists: Wrongs,
    labelled: Iterable[Labelled],
    meanings: Meanings,
) -> LearnedLives:
    """told: (text, event), of three events at least. `asked`: of single services. labelled: see `learn_told_apart`. The
    same ones give the same figures."""
    lived = sorted({(text, event) for text, event in told if plain(text)})
    texts, events = zip(*lived, strict=True)
    ordinary = sorted({text for text in asked if plain(text)} - set(texts))
    sentences = [*texts, *ordinary]
    how = [TELLS] * len(texts) + [ASKS] * len(ordinary)
    vectors = meanings.vectors(sentences)
    return LearnedLives(
        which=read_apart(texts, vectors[: len(texts)], events, 1, STRENGTH_OF_WHICH),
        how=read_apart(sentences, vectors, how, RARE, STRENGTH_OF_HOW),
        wrongs=learn_wrongs(lists, meanings),
        told=learn_told_apart(labelled, meanings),
    )


def told_of_events(content: Content, plainly: Plainly) -> list[tuple[str, str]]:
    """(text, event)."""
    topics = [topic_of(scenario, {}) for scenario in content.scenarios.values()]
    return [(text, topic.id) for topic in topics for text in told_in(topic, plainly)]


def main() -> None:
    sources = life_sources()  # before: what changes meanwhile is learned next time
    content, plainly = load_content(), load_spoken()
    published = Published(content.regions, content.catalogue, content.offices, content.documents)
    told = told_of_events(content, plainly)
    guide_of = Standing(published, NATIONAL, date.today()).guide
    sentences = [*meant_texts_of(published.catalogue, guide_of, plainly)]
    honest = [*(each.text for each in sentences if each.is_asked), *(text for text, _ in told)]
    lists = wrongs_of(content, honest, plainly)
    # Who tells her situation on the way to one service speaks as who tells of an event.
    asked = [each.text for each in sentences if each.is_asked and not each.tells]
    named = ((item.id, item.name) for item in published.catalogue)
    labelled = [
        *told_examples([*examples_of(), *private_of()], plainly),
        *asked_of_hall(content, plainly),
        *asked_of_items(sentences, (item_id for item_id, name in named if takes_complaints(name))),
    ]
    meanings = Meanings(Encoder(), together(read_meanings(), read_meanings(MEANINGS_LEARNED_OF)))
    write_whole(learn_lives(told, asked, lists, labelled, meanings).content(sources), LIVES)


if __name__ == "__main__":
    main()
