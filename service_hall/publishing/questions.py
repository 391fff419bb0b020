"""What citizens ask, each question with the statement that answers it; and what speaks against adding one more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge_base.documents import GuideDocument, asked_in
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.search.explaining import explain_statements
from knowledge_base.search.find import Evidence, Hit, rank
from service_hall.conversation.message import legible
from service_hall.publishing.answers import look
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import DocumentKey
from service_hall.publishing.outcomes import ChangedMeanwhile, NotNow
from service_hall.publishing.parts import PartName, part_of
from service_hall.publishing.writing import Saved, Writing

NEAR = 0.9
"""Cosine from which two questions say the same: 0.92 of 身份证丢了咋补 and 身份证丢了怎么补, 0.81 of 补身份证要多少钱
and 补身份证要多久."""
AS_LIKELY = 0.25
"""From here on another item may be meant as well: what the search offers as a choice."""
MOST_NEAR, MOST_PLACES, MOST_OFFERED = 5, 3, 8
NO_PLACE = "找不到这条陈述，可能已经改过，请刷新后再选。"
ALREADY = "这一条已经有这个问法了。"


@dataclass(frozen=True)
class Listed:
    question: str
    key: DocumentKey
    """Of the document in which it is written."""
    statement_id: str
    says: str


@dataclass(frozen=True)
class Near:
    """What there is already, and whom else it may mean. Empty: nothing speaks against it."""

    same: tuple[Listed, ...]
    """Questions that say the same, of whatever statement."""
    others: tuple[Hit, ...]
    """Other items that may be meant as well."""


@dataclass(frozen=True)
class Candidate:
    """A statement that may answer it."""

    guide_id: str
    statement_id: str
    says: str
    region: str
    """Whose document says it."""


class Questions:
    def __init__(self, desk: PublishingDesk, writing: Writing) -> None:
        self._desk, self._writing = desk, writing

    def listed(self, wanted: str = "", guide_id: str = "") -> Iterator[Listed]:
        """Those that hold the words, of one guide or of all; in the order of the catalogue."""
        bare = plain(wanted)
        for each in self._documents(guide_id):
            says = {entry["id"]: str(entry.get("says", "")) for entry in each.stated}
            for statement_id, question in asked_in(each.body):
                if not bare or bare in plain(question):
                    yield Listed(question, DocumentKey.of(each), statement_id, says.get(statement_id, ""))

    def near(self, question: str, guide_id: str = "") -> Near:
        """`guide_id`: the item that it shall belong to; '' where that is not known yet."""
        library = self._desk.library
        said = self._masked(question)
        if not plain(said):
            return Near((), ())
        evidence = sorted(library.evidence(said), key=lambda each: -each.nearest)
        hits = rank(evidence, library.calibration)
        others = tuple(hit for hit in hits if hit.guide_id != guide_id and hit.score >= AS_LIKELY)
        same = [listed for each in evidence[:MOST_NEAR] for listed in self._same(said, each)]
        return Near(tuple(same[:MOST_NEAR]), others if guide_id else ())

    def places_for(self, question: str) -> list[Candidate]:
        """The statements that are likeliest to answer it, of the likeliest items."""
        library = self._desk.library
        said = self._masked(question)
        hits = rank(library.evidence(said), library.calibration)
        plainly = library.plainly(said)
        aspects = library.intents.read_aspects(plainly) or (library.intents.likeliest_aspect(plainly),)
        found = []
        for hit in hits[:MOST_PLACES]:
            guide = library.guide(hit.guide_id)
            if guide is None:
                continue
            likely = [each.statement_id for each in explain_statements(library, guide, said, aspects)]
            likely += [each.id for each in guide.about(aspects[0])][:MOST_PLACES]
            for statement_id in dict.fromkeys(likely):
                statement = guide.statement(statement_id)
                if statement:
                    found.append(Candidate(guide.id, statement.id, statement.says, statement.region))
        return found[:MOST_OFFERED]

    def likely(self, question: str) -> tuple[str, ...]:
        """The items that citizens are answered with, or offered to choose from; what is nearest else is no guess."""
        return look(self._desk.library, self._masked(question)).items

    def places_in(self, guide_id: str) -> list[Candidate]:
        """All statements of the item at home, for whoever knows which one answers."""
        guide = self._desk.library.guide(guide_id)
        return [Candidate(guide.id, each.id, each.says, each.region) for each in guide.statements] if guide else []

    def add(self, question: str, guide_id: str, statement_id: str, editor: str) -> Saved | ChangedMeanwhile | NotNow:
        """Into the draft of the document that says it at home; begun where there is none."""
        said, key = self._masked(question).strip(), self.key_of(guide_id, statement_id)
        if key is None:
            return NotNow(NO_PLACE)
        draft = self._writing.begin(key, editor)
        part = part_of(draft.body, PartName(statement_id))
        if part.value is None:
            return NotNow(NO_PLACE)
        asked = list(part.value.get("asked") or ())
        if any(plain(one if isinstance(one, str) else one["q"]) == plain(said) for one in asked):
            return NotNow(ALREADY)
        more = replace(part, value={**part.value, "asked": [*asked, said]})
        return self._writing.save(draft.draft_id, more, part.digest, editor)

    def key_of(self, guide_id: str, statement_id: str) -> DocumentKey | None:
        """Of the document that says it at home; None: there is no such statement."""
        library = self._desk.library
        guide = library.guide(guide_id)
        statement = guide.statement(statement_id) if guide else None
        document = document_of(library, guide_id, statement.region, statement_id) if statement else None
        return DocumentKey.of(document) if document else None

    def _same(self, said: str, evidence: Evidence) -> Iterator[Listed]:
        """Of the item, what says the same."""
        if evidence.nearest < NEAR and plain(evidence.text) != plain(said):
            return
        for each in self.listed(guide_id=evidence.guide_id):
            if plain(each.question) in (plain(evidence.text), plain(said)):
                yield each

    def _documents(self, guide_id: str) -> Iterator[GuideDocument]:
        published = self._desk.library.published
        for item in published.catalogue:
            if guide_id in ("", item.id):
                yield from published.documents.get(item.id, ())

    def _masked(self, question: str) -> str:
        return self._desk.reception_over(self._desk.library).mask(legible(question))


def document_of(library: Library, guide_id: str, region: str, statement_id: str) -> GuideDocument | None:
    """The document in force that states it."""
    return next(
        (
            each
            for each in library.published.documents.get(guide_id, ())
            if each.region == region
            and each.is_in_force(library.on)
            and any(entry["id"] == statement_id for entry in each.stated)
        ),
        None,
    )
