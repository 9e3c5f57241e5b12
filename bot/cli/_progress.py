"""A bar with rate and time left on standard error, where that is a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Self

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from bot.cli._shared import errors


@contextmanager
def busy(text: str) -> Iterator[None]:
    """Something moves while work of unknown length is done."""
    with errors.status(text) if errors.is_terminal else nullcontext():
        yield


class ByteProgress:
    """For a source whose size is known in bytes, and whose records are counted while they come."""

    def __init__(self, what: str, size: int) -> None:
        rate = TextColumn("{task.fields[records]} records, {task.fields[rate]:.0f}/s")
        self._progress = _progress(TextColumn("{task.description}"), BarColumn(), rate, TimeRemainingColumn())
        self._task = self._progress.add_task(what, total=size, records=0, rate=0.0)
        self._records = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, position: int, entries: int) -> None:
        """So many bytes were read, and so many more entries dealt with."""
        self._records += entries
        elapsed = self._progress.tasks[0].elapsed
        rate = self._records / elapsed if elapsed else 0.0
        self._progress.update(self._task, completed=position, records=self._records, rate=rate)


def record_progress(what: str) -> Progress:
    """For records whose number is known; the caller adds the task."""
    return _progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())


class _Rate(ProgressColumn):
    """So many a second, once that is known."""

    def render(self, task: Task) -> Text:
        """See rich."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "")


def _progress(*columns: ProgressColumn) -> Progress:
    return Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)
