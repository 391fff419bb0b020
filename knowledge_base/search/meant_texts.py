"""What the encoder reads of a guide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge_base.language.asking import whole_question
from knowledge_base.language.spoken import Plainly
from knowledge_base.model import ServiceGuide
from knowledge_base.search.meanings import MeantText
from knowledge_base.statements import Voice

_TELLING = frozenset({Voice.SITUATION, Voice.INDIRECT, Voice.ORAL, Voice.ELDERLY})
"""Who speaks so tells what has happened to her on the way to what she asks."""


def meant_by(guide: ServiceGuide, names: Sequence[str], plainly: Plainly) -> Iterable[MeantText]:
    """Its statements, and what is asked of each. `names`: of the item."""
    for statement in guide.statements:
        yield MeantText(guide.id, plainly(statement.says), statement.id)
        for asked in statement.asked:
            whole = whole_question(asked.q, guide.short_name, names)
            yield MeantText(guide.id, plainly(whole), statement.id, is_asked=True, tells=asked.voice in _TELLING)
