"""Where a conversation is at home: the region that speaks, its offices, and whom to ask there."""

from __future__ import annotations

from knowledge_base.standing import Standing
from service_hall.conversation.citing import Place


def place_of(guide_id: str, library: Standing, region: str | None) -> Place:
    """`region`: the one the citizen named or chose; None: the hall's own."""
    speaking = library.regions[region or library.home]
    return Place(
        region=speaking.code,
        name=speaking.name,
        offices=library.offices_for(guide_id, speaking.code),
        hotline=speaking.hotline,
        is_sample=speaking.sample,
    )


def whom_to_ask(library: Standing, region: str | None) -> dict[str, str]:
    """What the wording needs to send somebody on: `hotline` and `office`."""
    speaking = library.regions[region or library.home]
    hall = library.main_hall(speaking.code)
    return {"hotline": speaking.hotline or "12345", "office": hall.name if hall else "就近的政务服务大厅"}
