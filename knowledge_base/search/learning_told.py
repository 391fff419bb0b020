"""Learns who tells of a case, a grievance or a matter of others, of the examples, against what everybody asks: a part
of learning what people tell. Nothing that serves citizens imports this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge_base.content_files import Content
from knowledge_base.hall_topics import TopicKind
from knowledge_base.language.learned import ASKED, TOLD
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.learned_lives import SaidAndMeant
from knowledge_base.search.meanings import Meanings, MeantText
from knowledge_base.search.reading_apart import RARE, read_apart

STRENGTH = 10.0
"""Inverse of the regularisation: a third of it knew fewer of the grievances left out (51 % for 59), twice as much three
more in a hundred, and no fewer questions for what they are not."""
MOST_OF_AN_ITEM = 25
"""Questions that an item lists: it has two hundred, and the examples are a tenth of all."""
ABOUT_STAFF, COMPLAINT = "hall-complaint", "complaint"
"""The topic by which one complains of the hall, and the intent."""
Labelled = tuple[str, str]


def learn_told_apart(labelled: Iterable[Labelled], meanings: Meanings) -> SaidAndMeant:
    """Among TOLD and ASKED. labelled: (text, label). The same ones give the same figures."""
    listed = sorted({(text, label) for text, label in labelled if plain(text)})
    texts, labels = zip(*listed, strict=True)
    return read_apart(texts, meanings.vectors(texts), labels, RARE, STRENGTH)


def told_examples(examples: Iterable[Labelled], plainly: Plainly) -> list[Labelled]:
    """examples: (text, intent)."""
    return [(plainly(text), intent if intent in TOLD else ASKED) for text, intent in examples]


def asked_of_hall(content: Content, plainly: Plainly) -> list[Labelled]:
    """What the hall is asked of itself; what others handle may be either."""
    bodies = [documents[0].body for documents in content.topics.values()]
    of_hall = [body for body in bodies if body.get("kind") == TopicKind.HALL.value]
    return [
        (plainly(text), COMPLAINT if body["id"] == ABOUT_STAFF else ASKED)
        for body in of_hall
        for text in body.get("asked", ())
    ]


def asked_of_items(sentences: Iterable[MeantText], takes_complaints: Iterable[str]) -> Sequence[Labelled]:
    """As many of each item at most. `takes_complaints`: items by which one complains; both may be said of them."""
    left_out, of_items = {*takes_complaints}, defaultdict[str, list[str]](list)
    for each in sentences:
        if each.is_asked and each.guide_id not in left_out:
            of_items[each.guide_id].append(each.text)
    spread = (texts[:: max(1, len(texts) // MOST_OF_AN_ITEM)][:MOST_OF_AN_ITEM] for texts in of_items.values())
    return [(text, ASKED) for texts in spread for text in texts]
