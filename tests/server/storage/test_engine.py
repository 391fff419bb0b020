"""What the database tells when something goes wrong: never what citizens wrote."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from threading import Timer

import pytest
import sqlalchemy as sa

from server.storage.engine import is_answering, migrate, open_database
from server.storage.schema import conversations


def test_an_error_tells_the_statement_and_hides_what_was_in_it(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'wenban.sqlite3'}")
    with pytest.raises(sa.exc.OperationalError) as fault, engine.begin() as transaction:
        transaction.execute(sa.text("INSERT INTO nowhere VALUES (:said)"), {"said": "身份证丢了"})
    assert "nowhere" in str(fault.value)
    assert "身份证丢了" not in str(fault.value)


def test_a_time_without_its_zone_is_not_kept(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'wenban.sqlite3'}")
    migrate(engine)
    row = {"visitor_id": "v_1", "began_at": datetime(2026, 6, 1), "last_turn_at": datetime(2026, 6, 1), "context": {}}
    with pytest.raises(sa.exc.StatementError, match="time zone"), engine.begin() as transaction:
        transaction.execute(sa.insert(conversations).values(row))


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    assert is_answering(open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'wenban.sqlite3'}"))


def test_a_server_that_is_not_there_does_not_answer() -> None:
    assert not is_answering(open_database("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2"))


def test_a_new_file_that_another_writes_to_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "wenban.sqlite3"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE anything (name TEXT)")
    other.execute("BEGIN IMMEDIATE")
    done = Timer(0.2, other.execute, ["COMMIT"])
    done.start()
    with open_database(f"sqlite:///{file}").connect() as connection:
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar_one() == "wal"
    done.join()


def test_what_was_deleted_stands_in_the_file_no_more(tmp_path: Path) -> None:
    file, said = tmp_path / "wenban.sqlite3", b"what somebody said"
    engine = open_database(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE anything (name TEXT)"))
        connection.execute(sa.text("INSERT INTO anything VALUES (:said)"), {"said": said.decode()})
    with engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    assert said in file.read_bytes()
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM anything"))
    engine.dispose()
    assert not any(said in each.read_bytes() for each in tmp_path.iterdir())
