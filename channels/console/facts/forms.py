"""A topic of the hall as a form. What is left empty is not stated: a region's document says only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from channels.console.shell.forms import Form, read
from knowledge_base.checking import faults_in_topic, unknown_sources
from knowledge_base.documents import GuideDocument
from knowledge_base.hall_topics import resolve_topic_body
from knowledge_base.library import Library

_COMMAS = str.maketrans("，、；,;", "\n\n\n\n\n")
_EMPTY_ROWS = 2
_LISTS = ("words", "asked")
_FIELDS = {"lead.text": "lead_text", "lead.source": "lead_source", "lead": "lead_text"}
"""How a place in the body is called in the form, where it is not its own name."""


class ToldIn(BaseModel):
    text: str = Field(default="", max_length=600)
    item: str = ""
    source: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text


class TopicIn(BaseModel):
    name: str = Field(default="", max_length=60)
    words: str = ""
    asked: str = ""
    lead_text: str = Field(default="", max_length=600)
    lead_source: str = ""
    details: list[ToldIn] = []


def shown(document: GuideDocument, library: Library) -> dict[str, list[str]]:
    body = document.body
    lead, details = body.get("lead") or {}, body.get("details") or []
    said = {
        "name": [str(body.get("name", ""))],
        "words": ["、".join(body.get("words", []))],
        "asked": ["\n".join(body.get("asked", []))],
        "lead_text": [str(lead.get("text", ""))],
        "lead_source": [str(lead.get("source", ""))],
    }
    for at, told in enumerate([*details, *({} for _ in range(_EMPTY_ROWS))]):
        item = str(told.get("item") or "")
        for field, value in (("text", told.get("text", "")), ("source", told.get("source", ""))):
            said[f"details.{at}.{field}"] = [str(value)]
        said[f"details.{at}.item"] = [library.names.get(item, item)]
    return said


def changed(document: GuideDocument, form: Form, library: Library) -> GuideDocument | None:
    """The document as it would be. None: something is wrong, and `form.errors` says what."""
    wanted = read(form, TopicIn)
    if wanted is None:
        return None
    ids = {name: item_id for item_id, name in library.names.items()}
    lead = {**(document.body.get("lead") or {}), "text": wanted.lead_text, "source": wanted.lead_source}
    stated: dict[str, Any] = {
        "name": wanted.name,
        "words": _lines(wanted.words.translate(_COMMAS)),
        "asked": _lines(wanted.asked),
        "lead": lead if wanted.lead_text else None,
        "details": [_told(each, ids) for each in wanted.details if not each.is_empty],
    }
    kept = {name: value for name, value in document.body.items() if name not in stated}
    body = {**kept, **{name: value for name, value in stated.items() if value}}
    made = GuideDocument(document.guide_id, document.region, body)
    rows = [at for at, each in enumerate(wanted.details) if not each.is_empty]
    for place, sentence in _faults(document, made, library):
        form.refuse(_field_of(place, rows), sentence if sentence.endswith("。") else f"{sentence}。")
    return None if form.errors else made


def _faults(document: GuideDocument, made: GuideDocument, library: Library) -> list[tuple[tuple[str | int, ...], str]]:
    others = library.published.topics.get(document.guide_id, ())
    after = [made if each.body is document.body else each for each in others]
    body = resolve_topic_body(after, library.regions, document.region, library.on)
    found = list(faults_in_topic(body or made.body, library.names))
    return [*found, *unknown_sources(made.body, library.published.sources)]


def _field_of(place: Sequence[str | int], rows: Sequence[int]) -> str:
    if len(place) > 1 and place[0] == "details" and isinstance(place[1], int) and place[1] < len(rows):
        return f"details.{rows[place[1]]}.{place[2] if len(place) > 2 else 'text'}"
    name = ".".join(str(step) for step in place if not isinstance(step, int))
    return _FIELDS.get(name, name)


def _told(told: ToldIn, ids: dict[str, str]) -> dict[str, str]:
    item = {"item": ids.get(told.item, told.item)} if told.item else {}
    return {"text": told.text, **item, "source": told.source}


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]
