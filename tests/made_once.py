"""What takes long to make and stays good until its sources change: the first worker that needs it makes it, the others
wait for it, and the next run finds it there."""

from __future__ import annotations

from filelock import FileLock

from server.settings import Settings
from server.training import learn_if_changed, train_if_changed


def all_is_trained() -> None:
    """The intents for both environments, and the Rasa model."""
    with _alone("rasa"):
        train_if_changed()


def intents_are_learned() -> None:
    """The intents alone, for tests without Rasa."""
    with _alone("rasa"):
        learn_if_changed()


def _alone(making: str) -> FileLock:
    folder = Settings().var
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / f"making-{making}.lock")
