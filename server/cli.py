"""`python -m server.cli run`: train if needed, start both processes, wait for health, stop both on Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from types import FrameType

import httpx

from server.belongings import settle_in
from server.kept_secrets import make_kiosk_key
from server.processes import (
    Child,
    StartFailed,
    check_port_is_free,
    start_rasa,
    start_service,
    stop,
    wait_until_healthy,
)
from server.settings import Settings
from server.staff import ADMIN, StaffAccounts
from server.storage.engine import migrate, open_database
from server.storage.staff_store import StaffStore
from server.training import TrainingFailed, train_if_changed
from service_hall.shared.clock import shanghai_now


class _Stopped(Exception):
    pass


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("errand", choices=["run"])
    options.parse_args()
    return run(Settings())


def run(settings: Settings) -> int:
    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        raise _Stopped

    signal.signal(signal.SIGINT, interrupted)
    signal.signal(signal.SIGTERM, interrupted)
    settle_in(settings.var)
    children: list[Child] = []
    try:
        train_if_changed()
        check_port_is_free(settings.host, settings.port, "the service, WENBAN_PORT")
        check_port_is_free("127.0.0.1", settings.actions_port, "the actions, WENBAN_ACTIONS_PORT")
        check_port_is_free("127.0.0.1", httpx.URL(settings.rasa_url).port or 80, "Rasa, WENBAN_RASA_URL")
        open_admin(settings)
        tell_kiosk_key(settings)
        print("Starting Rasa and the service", flush=True)
        children += [start_rasa(settings), start_service(settings)]
        took = wait_until_healthy(settings, children)
        print(
            f"问办 is ready after {took:.0f} s: http://{settings.host}:{settings.port}  (Ctrl-C stops it)", flush=True
        )
        _watch(settings, children)
    except _Stopped:
        print("\nStopping", flush=True)
    except (StartFailed, TrainingFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(children)
    return 0


def open_admin(settings: Settings) -> None:
    """Here, not in the service, whose words go to a log: a password has no business there."""
    engine = open_database(settings.sqlalchemy_url)
    migrate(engine)
    made = StaffAccounts(StaffStore(engine), shanghai_now).open_admin(settings.admin_password)
    engine.dispose()
    if made:
        print(f"First account of /counter: name {ADMIN}, password {made}  (shown this once)", flush=True)


def tell_kiosk_key(settings: Settings) -> None:
    if made := make_kiosk_key(settings):
        print(
            f"Key of the touch screens: {made}  (shown this once; kept in {settings.var / 'kiosk_key'})\n"
            "  On a screen, open /kiosk, choose the office and enter the key; it is asked for once.",
            flush=True,
        )


def _watch(settings: Settings, children: list[Child]) -> None:
    """Rasa is started again when it ends (citizens get answers from search meanwhile); without the service all ends."""
    while True:
        time.sleep(1)
        for at, child in enumerate(children):
            if child.is_running:
                continue
            if child.name != "rasa":
                raise StartFailed(f"the service ended by itself; see {child.log}")
            print("Rasa ended by itself and is started again", file=sys.stderr, flush=True)
            time.sleep(2)
            children[at] = start_rasa(settings)


if __name__ == "__main__":
    sys.exit(main())
