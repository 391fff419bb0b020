"""The published guides as open data: their statements, and the sources that these rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from channels.cells import csv_of, xlsx_of
from knowledge_base.library import Library
from knowledge_base.model import ServiceGuide
from knowledge_base.sources import LegalText, article_label, read_reference
from knowledge_base.statements import Statement

_GUIDE_COLUMNS = (
    "guide_id", "name", "short_name", "theme", "region", "aliases", "implementing_body", "legal_basis",
    "effective_from", "effective_to", "statements", "summary",
)  # fmt: skip
_STATEMENT_COLUMNS = (
    "guide_id", "guide_name", "theme", "region", "statement_id", "kind", "aspects", "says", "state", "sources",
    "references", "emphasis", "effective_from", "effective_to", "set_by", "because", "reckoned",
)  # fmt: skip
_SOURCE_COLUMNS = (
    "source_id", "title", "kind", "number", "issuer", "version", "in_force_from", "in_force_until", "url", "checked_on",
    "article", "label", "text", "read_at", "read_on",
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """What is published for one region on one day."""

    region: str
    library: Library
    guides: Sequence[ServiceGuide]

    @property
    def sources(self) -> Mapping[str, LegalText]:
        """Those that the guides name, by id, in order."""
        named = {read_reference(written).source for guide in self.guides for written in guide.references()}
        published = self.library.published.sources
        return {source_id: published[source_id] for source_id in sorted(named & published.keys())}


def edition_of(library: Library, region: str) -> Edition:
    guides = [guide for guide_id in library.guide_ids if (guide := library.guide(guide_id, region))]
    return Edition(region, library, guides)


def as_json(edition: Edition) -> bytes:
    whole = {
        "region": edition.region,
        "as_of": edition.library.on.isoformat(),
        "guides": [
            {
                **guide.model_dump(mode="json", exclude={"statements"}),
                "statements": [
                    {**each.model_dump(mode="json"), "state": edition.library.state_of(each).value}
                    for each in guide.statements
                ],
            }
            for guide in edition.guides
        ],
        "sources": [source.model_dump(mode="json") for source in edition.sources.values()],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def as_csv(edition: Edition) -> bytes:
    """One statement a row."""
    return csv_of(_STATEMENT_COLUMNS, _statement_rows(edition))


def as_xlsx(edition: Edition) -> bytes:
    return xlsx_of(
        (
            ("guides", _GUIDE_COLUMNS, map(_guide_row, edition.guides)),
            ("statements", _STATEMENT_COLUMNS, _statement_rows(edition)),
            ("sources", _SOURCE_COLUMNS, _source_rows(edition)),
        )
    )


def _guide_row(guide: ServiceGuide) -> list[object]:
    return [
        guide.id, guide.name, guide.short_name, guide.theme, guide.region, "、".join(guide.aliases),
        guide.authority.implementing_body, " ".join(guide.legal_basis), guide.effective_from, guide.effective_to,
        len(guide.statements), guide.summary,
    ]  # fmt: skip


def _statement_rows(edition: Edition) -> Iterator[list[object]]:
    for guide in edition.guides:
        for each in guide.statements:
            yield [
                guide.id, guide.name, guide.theme, each.region, each.id, each.kind, " ".join(each.about), each.says,
                edition.library.state_of(each), "；".join(_titles(each, edition.library.published.sources)),
                " ".join(each.source), each.emphasis, each.effective_from, each.effective_to, each.set_by, each.because,
                each.reckoned,
            ]  # fmt: skip


def _source_rows(edition: Edition) -> Iterator[list[object]]:
    """An article a row; a source that is known by title only has one without."""
    for source in edition.sources.values():
        head: list[object] = [
            source.id, source.title, source.kind, source.number, source.issuer, source.version, source.in_force_from,
            source.in_force_until, source.url, source.checked_on,
        ]  # fmt: skip
        for number, article in source.articles.items():
            yield [*head, number, article_label(number), article.text, article.read_at, article.read_on]
        if not source.articles:
            yield [*head, "", "", "", "", ""]


def _titles(statement: Statement, sources: Mapping[str, LegalText]) -> Iterator[str]:
    for reference in map(read_reference, statement.source):
        if source := sources.get(reference.source):
            yield source.title + (article_label(reference.article) if reference.article in source.articles else "")
