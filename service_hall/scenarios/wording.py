"""What the room says to citizens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service_hall.shared.wording import Wording

wording = Wording(Path(__file__).parent / "wording.yml")


def say(name: str, /, **filled: Any) -> str:
    return wording.say(name, **filled)
