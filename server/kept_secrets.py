"""Secrets that are made on the first run and kept in `var/`, unless the settings name others."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from server.settings import Settings
from service_hall.shared.ids import new_readable_code


def secret_key_of(settings: Settings) -> str:
    return settings.secret_key or kept_secret(settings.var / "secret_key")


def kiosk_key_of(settings: Settings) -> str:
    return settings.kiosk_key or kept_secret(_kiosk_key_file(settings), _new_kiosk_key)


def make_kiosk_key(settings: Settings) -> str:
    """The key, where this is the run that makes it; empty: there is one already."""
    return "" if settings.kiosk_key or _kiosk_key_file(settings).exists() else kiosk_key_of(settings)


def kept_secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """Made on the first run; readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Appears whole or not at all: another process may read it the moment that it is there.
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
            file.write(make())
            file.flush()
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(file.name)
    return path.read_text("ascii").strip()


def _kiosk_key_file(settings: Settings) -> Path:
    return settings.var / "kiosk_key"


def _new_kiosk_key() -> str:
    """About 99 bits, in groups: staff type it at a touch screen, where small letters are the near ones."""
    return "-".join(new_readable_code(5).lower() for _ in range(4))
