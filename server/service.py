"""The service process: the public app, and the actions app on loopback, in one event loop."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import logging
import resource
import signal
import sys
from collections.abc import Iterator

import uvicorn
import uvloop
from starlette.types import ASGIApp

from actions.endpoint import make_actions_app
from channels.bodies import most_bytes_of
from server.app import LARGER, make_app
from server.belongings import settle_in
from server.bootstrap import open_house
from server.connections import MOST_IDLE_OF_AN_ADDRESS, patient_protocol
from server.garbage import spare_the_collector
from server.jobs import start_jobs
from server.knowledge_watch import KnowledgeWatch
from server.settings import Settings
from server.staff import welcome_admin
from server.threads import compute_on_one_thread

MOST_FILES = 65_536


class _QuietServer(uvicorn.Server):
    """Leaves the signals to the other server of this process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve() -> None:
    faulthandler.register(signal.SIGUSR1)  # the supervisor wants to know where it hangs
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("httpx", "jieba", "sentence_transformers", "alembic", "faiss", "apscheduler"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    compute_on_one_thread()
    settings = Settings()
    settle_in(settings.var)
    _open_as_many_files_as_allowed()
    house = open_house(settings)
    # `make run` did so before; who starts the service alone has an account all the same.
    welcome_admin(house.accounts, settings.admin_password)
    jobs = start_jobs(house)
    watch = KnowledgeWatch(house.shelf.catch_up)
    watch.start()
    public = public_server(make_app(house), settings)
    spare_the_collector()
    private = _QuietServer(
        uvicorn.Config(
            make_actions_app(house.hall),
            host="127.0.0.1",
            port=settings.actions_port,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            ws="none",
        )
    )
    try:
        uvloop.run(_serve(public, private))
    finally:
        watch.stop()
        jobs.shutdown()


def public_server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            # All of a proxy's connections have one address.
            http=patient_protocol(
                lambda path: most_bytes_of(path, LARGER),
                sys.maxsize if settings.trusted_proxies else MOST_IDLE_OF_AN_ADDRESS,
            ),
            ws="none",
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            server_header=False,
            timeout_graceful_shutdown=5,
            timeout_keep_alive=30,
        )
    )


def _open_as_many_files_as_allowed() -> None:
    """Every connection is one, and the usual 1,024 are used up by a few addresses."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, MOST_FILES) if most > 0 else MOST_FILES, most))


async def _serve(public: uvicorn.Server, private: uvicorn.Server) -> None:
    actions = asyncio.create_task(private.serve())
    try:
        await public.serve()
    finally:
        private.should_exit = True
        await actions
