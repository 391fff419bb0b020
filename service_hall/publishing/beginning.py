"""What a life event, or a file of rates, is begun from: an empty template, or another event that is like it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge_base.documents import Body

_OWN_WORDS = ("notion", "words", "asked", "withdrawn")
"""How citizens tell of an event: of another one they would take its questions away."""


def new_scenario(scenario_id: str, title: str, theme: str, audience: str, like: Body | None = None) -> dict[str, Any]:
    """Not sound yet: its form says what is missing. `like`: a published one; its questions and steps are taken over."""
    head = {"id": scenario_id, "title": title, "theme": theme, "audience": audience}
    empty: Mapping[str, Any] = {"first": {}, "words": [], "asked": [], "questions": [], "steps": []}
    if like is None:
        return {**head, **empty}
    kept = {name: value for name, value in like.items() if name not in _OWN_WORDS}
    return {**kept, **head, "words": [], "asked": []}


def with_withdrawn(body: Body, is_withdrawn: bool) -> dict[str, Any]:
    """A scenario that is offered no more, or again; else as it is published."""
    offered = {name: value for name, value in body.items() if name != "withdrawn"}
    return {**offered, "withdrawn": True} if is_withdrawn else offered


def new_rates(file_id: str, title: str, rate_id: str, rate_title: str) -> dict[str, Any]:
    """With one rate, which has no value yet."""
    return {"id": file_id, "title": title, "rates": [{"id": rate_id, "title": rate_title, "values": []}]}
