"""Rasa writes what was said into its log when a message fails or is given up. Here it writes a mark instead.

Rasa has a plugin for that, which would also go over each message's tracker once more; and structlog writes the values
of local variables into tracebacks.
"""

from typing import Any

import structlog

HIDDEN = "〔…〕"
_NEVER_SAID = frozenset({"event", "event_key", "event_info", "level", "exc_info", "stack_info"})


def _without_what_was_said(_: Any, __: str, entry: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: told if key in _NEVER_SAID else HIDDEN for key, told in entry.items()}


def hide_what_is_said() -> None:
    """Of what is logged from now on, by loggers that are there already, too. Calling it twice changes nothing."""
    structlog.processors.dict_tracebacks.format_exception.show_locals = False  # type: ignore[attr-defined]
    processors = structlog.get_config()["processors"]
    if _without_what_was_said not in processors:
        processors.insert(0, _without_what_was_said)
