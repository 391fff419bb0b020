"""What is costly to start is started once: PostgreSQL, and the whole service with Rasa. Add below, change nothing above."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.workers import Sharing, turn_of

# Every worker reads this file, and the one who shares out the work: what only some tests need is imported by them.
if TYPE_CHECKING:
    from evaluation.stack import Stack
    from knowledge_base.library import Library
    from tests.standins.wechat import StandIn

# Thousands of tests are many objects that stay: Python looked through them again and again.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: turn_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    return Sharing(config, log)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server where the tests may create databases: the one named by WENBAN_TEST_POSTGRES, or our own."""
    from tests.postgresql import GIVEN, find_programs, running_postgresql

    if given := os.environ.get(GIVEN):
        yield given
        return
    programs = find_programs()
    if programs is None:
        pytest.skip(f"no PostgreSQL: install it (tests/prepare.sh does), or name a server with {GIVEN}")
    with running_postgresql(programs) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of a database on it that was brought up to date, to be copied."""
    from tests.postgresql import template_database

    with template_database(postgres_url) as name:
        yield name


@pytest.fixture(scope="session")
def one_wechat() -> Iterator[StandIn]:
    """WeChat's side of the official account, for all tests of a worker."""
    from tests.standins.wechat import standing_in

    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture
def wechat(one_wechat: StandIn) -> Iterator[StandIn]:
    """Nothing is wrong with it and nothing was asked of it."""
    one_wechat.clear()
    one_wechat.answers.is_certified = True
    yield one_wechat
    one_wechat.clear()


@pytest.fixture(scope="session")
def running_stack_of_both(tmp_path_factory: pytest.TempPathFactory, one_wechat: StandIn) -> Iterator[Stack]:
    """Rasa and the service, as processes. Whoever stops one sees to it that there is another."""
    from tests.running_hall import running_hall
    from tests.standins.wechat.account import settings_of

    with running_hall(tmp_path_factory.mktemp("var"), **settings_of(one_wechat.url)) as stack:
        yield stack


@pytest.fixture(scope="session")
def running_service(running_stack_of_both: Stack) -> str:
    """The address of the real service, answering with the real Rasa."""
    return running_stack_of_both.url


# Generated examples are the same on every run, and slowness is no failure.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def real_library() -> Library:
    """The shipped content, model and intent reader, on a fixed day. For the few tests that need the real thing."""
    from evaluation.library import open_library
    from tests.made_once import intents_are_learned

    intents_are_learned()
    return open_library(on=date(2026, 11, 23))
