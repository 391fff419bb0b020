"""What takes long to make and stays good until its sources change: the first worker that needs it makes it, the others
wait for it, and the next run finds it there."""

from __future__ import annotations

import shutil
from pathlib import Path

from filelock import FileLock

from knowledge_base.search.intents import load_intent_reader
from server.settings import Settings
from server.training import train_if_changed


def rasa_is_trained() -> None:
    with _alone("rasa"):
        train_if_changed()


def intents_are_learned(var: Path | None = None) -> None:
    """The service's reader of intents lies ready in its folder `var`; None: in the one of the settings."""
    kept = Settings().var
    with _alone("intents"):
        load_intent_reader(kept)
        if var:
            for file in kept.glob("intents-*"):
                shutil.copy(file, var)


def _alone(making: str) -> FileLock:
    folder = Settings().var
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / f"making-{making}.lock")
