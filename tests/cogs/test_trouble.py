"""The database fails under the running bot: it says so, loses nothing that it confirmed, and goes on when it can."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.stage import OTHER, PAGE, Stage, answer, read


def path_of(stage: Stage) -> Path:
    """The database file."""
    return stage.house.database_path


def noted(stage: Stage) -> int:
    """How many notes the file knows, for another program."""
    with closing(sqlite3.connect(path_of(stage))) as connection:
        found = connection.execute("SELECT COUNT(*) FROM notes WHERE note_message_id IS NOT NULL").fetchone()
        return int(found[0])


async def pragma(stage: Stage, text: str) -> int:
    """Sets or asks something of the bot's own writing connection."""
    writer = stage.house.notes._database._writer
    assert writer is not None
    return int(next(iter(await writer.execute_fetchall(f"PRAGMA {text}")))[0])


@contextmanager
def locked(stage: Stage) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(path_of(stage), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.rollback()


async def test_a_full_disk_is_said_and_the_message_is_answered_later(stage: Stage) -> None:
    await stage.member.send(stage.channel, PAGE)
    await stage.rules(notes_per_minute=60)
    await pragma(stage, "max_page_count = 1")  # SQLite lets it be as small as the file is
    sent = 1
    while sent < 60 and "cannot be written right now" not in stage.logged():
        await stage.member.send(stage.channel, OTHER)
        sent += 1
    await stage.member.send(stage.channel, OTHER)
    assert stage.logged().count("The bot's database cannot be written right now.") == 1
    assert len(stage.notes()) == noted(stage) < sent
    assert "The Lake Report in Short" in answer(await stage.member.slash(stage.channel, "context check", link=PAGE))
    await pragma(stage, "max_page_count = 1000000")
    await stage.later(61)
    assert "works again" in stage.logged()
    assert len(stage.notes()) == noted(stage) == sent + 1


async def test_a_locked_database_costs_a_moment_not_a_note(stage: Stage) -> None:
    stage.house.notes._database._busy_timeout_ms = 20
    with locked(stage):
        await stage.member.send(stage.channel, PAGE)
        assert stage.notes() == []
        await stage.later()
        assert stage.notes() == []
        asked = answer(await stage.member.slash(stage.channel, "context check", link=PAGE))
        assert "The Lake Report in Short" in asked
    await stage.later()
    assert "The Lake Report in Short" in read(stage.note())
    assert stage.logged().count("cannot be written right now") == 1
    assert stage.logged().count("works again") == 1


async def test_what_was_deleted_while_it_was_locked_is_taken_away_later(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    stage.house.notes._database._busy_timeout_ms = 20
    with locked(stage):
        await stage.member.delete(message)
        assert len(stage.notes()) == 1
    await stage.later()
    assert stage.notes() == []


async def test_a_removed_file_is_written_again_with_all_that_was_confirmed(stage: Stage) -> None:
    await stage.member.send(stage.channel, PAGE)
    for ending in ("", "-wal", "-shm"):
        Path(f"{path_of(stage)}{ending}").unlink(missing_ok=True)
    await stage.member.send(stage.channel, OTHER)
    assert len(stage.notes()) == 2
    assert noted(stage) == 2
    await stage.member.send(stage.channel, PAGE)
    assert noted(stage) == 3


async def test_a_replaced_file_is_used_from_then_on(stage: Stage, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(path_of(stage))) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    await stage.member.send(stage.channel, PAGE)
    for ending in ("-wal", "-shm"):
        Path(f"{path_of(stage)}{ending}").unlink(missing_ok=True)
    copy.rename(path_of(stage))
    await stage.member.send(stage.channel, OTHER)
    assert noted(stage) == 1


async def test_a_damaged_file_is_said_and_a_restored_one_works(stage: Stage, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(path_of(stage))) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path_of(stage).open("r+b") as file:
        file.write(b"\xff" * path_of(stage).stat().st_size)
    await stage.member.send(stage.channel, PAGE)
    assert stage.notes() == []
    said = answer(await stage.member.slash(stage.channel, "context check", link=PAGE))
    assert "The database cannot be used right now" in said
    for ending in ("-wal", "-shm"):
        Path(f"{path_of(stage)}{ending}").unlink(missing_ok=True)
    shutil.move(copy, path_of(stage))
    await stage.later()
    await stage.later()
    assert "The Lake Report in Short" in read(stage.note())


@pytest.mark.parametrize("what", ["empty", "another program's"])
async def test_what_is_no_database_of_ours_is_not_taken_for_one(stage: Stage, tmp_path: Path, what: str) -> None:
    await stage.member.send(stage.channel, PAGE)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (x TEXT)" if what != "empty" else "PRAGMA user_version")
        connection.commit()
    other.touch()
    kept = tmp_path / "kept.db"
    path_of(stage).rename(kept)
    other.rename(path_of(stage))
    await stage.member.send(stage.channel, OTHER)
    assert len(stage.notes()) == 1
    kept.rename(path_of(stage))
    await stage.later()
    assert len(stage.notes()) == 2
