"""Rasa validates each action's answer with `jsonschema.validate`, which checks the unchanging schema itself each time.

Checking a schema once is enough: it is a sixth of Rasa's CPU under load (profiled with py-spy, 2026-11).
"""

from typing import Any, Dict, Set, Text

from jsonschema import Draft7Validator

_MOST_REMEMBERED = 100


def check_schemas_once() -> None:
    """For jsonschema 3.2.0, which bot/requirements.in pins. Calling it twice changes nothing."""
    if getattr(Draft7Validator.check_schema, "checks_once", False):
        return
    check = Draft7Validator.check_schema
    checked: Set[Text] = set()

    def check_once(cls: Any, schema: Dict[Text, Any]) -> None:
        key = repr(schema)
        if key in checked:
            return
        check(schema)
        if len(checked) < _MOST_REMEMBERED:
            checked.add(key)

    check_once.checks_once = True  # type: ignore[attr-defined]
    Draft7Validator.check_schema = classmethod(check_once)
