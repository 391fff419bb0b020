"""`python -m server.cli run`: train if needed, start Rasa and the service, look after both, stop both on Ctrl-C.
`python -m server.cli explain "…"`: why the sentence would be answered as it is; `--json` for programs."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from pydantic import ValidationError

from server.belongings import settle_in
from server.kept_secrets import make_kiosk_key, secret_key_of
from server.posts import check_ports, rasas_post, services_post
from server.processes import StartFailed, stop, wait_until_healthy
from server.sealing import AesSafe
from server.settings import Settings
from server.staff import StaffAccounts, welcome_admin
from server.storage.engine import migrate, open_database
from server.storage.staff_store import StaffStore
from server.supervisor import Supervisor
from server.training import TrainingFailed, train_if_changed
from service_hall.shared.clock import shanghai_now


class _Stopped(Exception):
    pass


def main() -> int:
    options = argparse.ArgumentParser(prog="wenban", description=__doc__)
    errands = options.add_subparsers(dest="errand", required=True)
    errands.add_parser("run")
    explaining = errands.add_parser("explain")
    explaining.add_argument("sentence")
    explaining.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    try:
        settings = Settings()
    except ValidationError as wrong:
        for each in wrong.errors(include_url=False, include_context=False, include_input=False):
            print(f"WENBAN_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}", file=sys.stderr)
        return 1
    if chosen.errand == "run":
        return run(settings)
    from server.explaining import print_explained  # with all that answers: whoever only looks after it does without

    return print_explained(settings, chosen.sentence, chosen.json)


def run(settings: Settings) -> int:
    settle_in(settings.var)
    supervisor = Supervisor([rasas_post(settings), services_post(settings)], _tell)
    try:
        _on_ctrl_c(_stop_here)
        check_ports(settings)  # first: nobody waits for the training to hear it
        train_if_changed()
        open_admin(settings)
        tell_kiosk_key(settings)
        pause = _pause_until_ctrl_c()
        print("Starting Rasa and the service", flush=True)
        supervisor.start()
        took = wait_until_healthy(settings, supervisor.children, pause=pause)
        print(
            f"问办 is ready after {took:.0f} s: http://{settings.host}:{settings.port}  (Ctrl-C stops it)", flush=True
        )
        supervisor.watch(pause)
    except _Stopped:
        print("\nStopping", flush=True)
    except (StartFailed, TrainingFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        _on_ctrl_c(signal.SIG_IGN)
        stop(supervisor.children)
    return 0


def open_admin(settings: Settings) -> None:
    """Here, not in the service, whose words go to a log: a password has no business there."""
    engine = open_database(settings.sqlalchemy_url)
    migrate(engine)
    accounts = StaffAccounts(StaffStore(engine), shanghai_now, AesSafe(secret_key_of(settings)))
    welcome_admin(accounts, settings.admin_password)
    engine.dispose()


def tell_kiosk_key(settings: Settings) -> None:
    if made := make_kiosk_key(settings):
        print(
            f"Key of the touch screens: {made}  (shown this once; kept in {settings.var / 'kiosk_key'})\n"
            "  On a screen, open /kiosk, choose the office and enter the key; it is asked for once.",
            flush=True,
        )


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _stop_here(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


def _pause_until_ctrl_c() -> Callable[[float], None]:
    """From now on Ctrl-C interrupts nothing, so that no child is started and forgotten: the next pause raises."""
    pressed = threading.Event()
    _on_ctrl_c(lambda _signal, _frame: pressed.set())

    def pause(seconds: float) -> None:
        if pressed.wait(seconds):
            raise _Stopped

    return pause


def _on_ctrl_c(handler: Callable[[int, FrameType | None], object] | signal.Handlers) -> None:
    signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGTERM, handler)


if __name__ == "__main__":
    sys.exit(main())
