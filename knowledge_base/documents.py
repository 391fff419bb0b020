"""Guide documents and how a region's guide is laid together from them.

A document is a guide as one region wrote it. The national document is whole, with its `statements`; those below say
what they `add`, `replace` and `remove`, statement by statement, by id. What they do not name holds there as above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge_base.model import NATIONAL, RegionCode, ServiceGuide
from knowledge_base.regions import RegionTree

Body = Mapping[str, Any]

CHANGES = ("add", "replace", "remove")
ADDED_LISTS = {"aliases"}
"""Of the head of a guide: what is stated below joins what is inherited; every other value replaces it."""
REQUIRED = {name for name, field in ServiceGuide.model_fields.items() if field.is_required()}
"""What a document must state to be a guide without anything above it."""


@dataclass(frozen=True)
class GuideDocument:
    guide_id: str
    region: RegionCode
    body: Body

    @property
    def begins(self) -> date | None:
        return _day(self.body.get("effective_from"))

    @property
    def ends(self) -> date | None:
        return _day(self.body.get("effective_to"))

    def is_in_force(self, on: date) -> bool:
        begins, ends = self.begins, self.ends
        return (begins is None or begins <= on) and (ends is None or on <= ends)

    @property
    def stated(self) -> Iterator[Body]:
        """Each statement that is written in it."""
        for name in ("statements", "add", "replace"):
            yield from self.body.get(name) or ()


def resolve(
    documents: Iterable[GuideDocument], regions: RegionTree, region: RegionCode, on: date
) -> ServiceGuide | None:
    """The guide of one item as it stands in `region` on that day, with the statements that hold then; None if nothing
    is in force there, or no statement holds.

    documents: all of one guide, any order. Raises pydantic.ValidationError if they do not make a whole guide.
    """
    body = resolve_body(documents, regions, region, on)
    return ServiceGuide.model_validate(body) if body and body["statements"] else None


def resolve_body(
    documents: Iterable[GuideDocument], regions: RegionTree, region: RegionCode, on: date, *, every_day: bool = False
) -> dict[str, Any] | None:
    """`every_day`: with the statements of all days, to check them."""
    whole: dict[str, Any] | None = None
    for own in speaking(documents, regions, region, on):
        if whole is None and own.region != NATIONAL and not own.body.keys() >= REQUIRED:
            continue  # an overlay says nothing by itself, e.g. once the national guide has ended
        whole = lay_over(whole or {}, own)
    return whole if whole is None or every_day else _on_that_day(whole, on)


def speaking(
    documents: Iterable[GuideDocument], regions: RegionTree, region: RegionCode, on: date
) -> list[GuideDocument]:
    """The document that speaks that day of the nation and of each region down to `region`, as far as there is one."""
    in_force = [document for document in documents if document.is_in_force(on)]
    of_chain = (
        # Of two versions in force on the same day the one that came later speaks.
        max(
            (document for document in in_force if document.region == code),
            key=lambda document: document.begins or date.min,
            default=None,
        )
        for code in regions.chain(region)
    )
    return [document for document in of_chain if document]


def lay_over(inherited: Body, document: GuideDocument) -> dict[str, Any]:
    """The inherited body with what the document states differently."""
    own = document.body
    whole = lay_fields_over(inherited, {name: value for name, value in own.items() if name not in CHANGES})
    if "statements" in own:
        whole["statements"] = _written_in(document.region, own["statements"])
    removed = frozenset(own.get("remove") or ())
    replaced = {each["id"]: each for each in _written_in(document.region, own.get("replace") or [])}
    kept = [replaced.get(each["id"], each) for each in whole.get("statements", []) if each["id"] not in removed]
    whole["statements"] = [*kept, *_written_in(document.region, own.get("add") or [])]
    return _hanging_on(whole, lambda named: named not in removed)


def lay_fields_over(inherited: Body, own: Body) -> dict[str, Any]:
    whole = dict(inherited)
    for name, value in own.items():
        above = whole.get(name)
        if name in ADDED_LISTS and isinstance(value, list) and isinstance(above, list):
            value = [*above, *(entry for entry in value if entry not in above)]
        elif isinstance(value, Mapping) and isinstance(above, Mapping):
            value = {**above, **value}
        whole[name] = value
    return whole


def asked_in(body: Body) -> Iterator[tuple[str, str]]:
    """Each question that the document lists, behind the id of the statement that answers it."""
    for name in ("statements", "add", "replace"):
        for statement in body.get(name) or ():
            for one in statement.get("asked", ()):
                yield statement["id"], one if isinstance(one, str) else one["q"]


def _written_in(region: RegionCode, statements: list[Body]) -> list[Body]:
    return [{**each, "region": region} for each in statements]


def _on_that_day(whole: dict[str, Any], on: date) -> dict[str, Any]:
    statements = [each for each in whole["statements"] if holds(each, on)]
    ids = {each["id"] for each in statements}
    return _hanging_on({**whole, "statements": statements}, ids.__contains__)


def _hanging_on(whole: dict[str, Any], stays: Callable[[str], bool]) -> dict[str, Any]:
    """Of what hangs on an answer, only the statements that are still there."""
    if not whole.get("hangs_on"):
        return whole
    questions = [
        {**each, "options": {answer: [*filter(stays, named)] for answer, named in each["options"].items()}}
        for each in whole["hangs_on"]
    ]
    return {**whole, "hangs_on": questions}


def holds(statement: Body, on: date) -> bool:
    """Whether it is in force that day."""
    begins, ends = _day(statement.get("effective_from")), _day(statement.get("effective_to"))
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
