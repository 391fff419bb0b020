"""`/console/facts`: what the hall says of itself, such as its car park: changed by a form, told at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from fastapi import APIRouter, Depends, Response

from channels.console.facts.forms import changed, shown
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, typed
from channels.refusals import Refusal
from knowledge_base.documents import GuideDocument
from service_hall.hall import Hall
from service_hall.staff.audit import Entry
from service_hall.staff.member import Place
from service_hall.staff.roles import Action

_ADDRESS = "/console/facts"
_KINDS = {"hall": "大厅", "matter": "别处办的事", "event": "遇到的事"}


class Facts(Protocol):
    def mark_of_topic(self, document: GuideDocument) -> str: ...

    def publish_topic(self, document: GuideDocument, entry: Entry, was: str) -> bool:
        """False: somebody else changed it meanwhile, or it is not sound with what others hang on it."""
        ...


def make_facts_router(console: Console, hall: Hall, facts: Facts) -> APIRouter:
    router = APIRouter(prefix=_ADDRESS, include_in_schema=False)
    editor = Depends(console.seat(Action.EDIT_OFFICES))

    def documents() -> Iterator[GuideDocument]:
        for of_topic in hall.library().published.topics.values():
            yield from of_topic

    def found(seat: Seat, key: str) -> GuideDocument:
        document = next((each for each in documents() if key_of(each) == key), None)
        if document is None:
            raise Refusal(404)
        seat.check(Action.EDIT_OFFICES, Place(hall.library().regions.chain(document.region)))
        return document

    def page(seat: Seat, document: GuideDocument, form: Form, was: str, status: int = 200) -> Response:
        numbers = [int(name.split(".")[1]) for name in form.said if name.startswith("details.")]
        return seat.show(
            "fact.html",
            status=status,
            key=key_of(document),
            title=name_of(document),
            region=hall.library().regions[document.region].name,
            form=form,
            was=was,
            rows=range(max(numbers, default=-1) + 1),
            sources=hall.library().published.sources.values(),
        )

    def name_of(document: GuideDocument) -> str:
        of_topic = hall.library().published.topics[document.guide_id]
        return next((str(each.body["name"]) for each in of_topic if each.body.get("name")), document.guide_id)

    @router.get("")
    def show_all(seat: Seat = editor) -> Response:
        regions = hall.library().regions
        hers = [
            (key_of(each), name_of(each), _KINDS.get(str(each.body.get("kind", "")), ""), regions[each.region].name)
            for each in documents()
            if seat.may(Action.EDIT_OFFICES, Place(regions.chain(each.region)))
        ]
        return seat.show("facts.html", facts=hers)

    @router.get("/{key}")
    def show(key: str, seat: Seat = editor) -> Response:
        document = found(seat, key)
        return page(seat, document, Form(shown(document, hall.library())), facts.mark_of_topic(document))

    @router.post("/{key}")
    def change(key: str, seat: Seat = editor) -> Response:
        document, form, was = found(seat, key), typed(seat.form), str(seat.form.get("was", ""))
        wanted = changed(document, form, hall.library())
        if wanted is None:
            return page(seat, document, form, was, 422)
        told = {"before": _differing(document, wanted), "after": _differing(wanted, document)}
        if not facts.publish_topic(wanted, seat.entry("fact.change", "topic", key, **told), was):
            form.refuse("", "有人刚改过这一条，或者别处还要用到改掉的内容。请另开一页看看现在的样子，再改一次。")
            return page(seat, document, form, facts.mark_of_topic(document), 409)
        return seat.go(_ADDRESS, "已保存，下一句话就这样回答。")

    return router


def key_of(document: GuideDocument) -> str:
    """In an address: topic, region, and the day from which it holds, where it says one."""
    begins = document.body.get("effective_from")
    return f"{document.guide_id}@{document.region}{f'@{begins}' if begins else ''}"


def _differing(document: GuideDocument, other: GuideDocument) -> dict[str, object]:
    return {name: value for name, value in document.body.items() if value != other.body.get(name)}
