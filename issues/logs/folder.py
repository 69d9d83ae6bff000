"""Where the log is kept: a file a day in a folder, for as long as was told.

Several processes write to one file: each line is one write at its end. The first line of a day
removes the files that are old enough to go.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from issues.ground import clock

PREFIX, SUFFIX = "log-", ".log"
STILLNESS = timedelta(days=7)
"""So long a machine may have stood still without a line."""
BEGUN = "begun"
"""Holds the first day of the folder, so that a file that is missing is missed."""


class Daily(logging.Handler):
    """A file for each day in Shanghai; files older than `days` go."""

    def __init__(self, folder: Path, days: int) -> None:
        super().__init__()
        self.folder, self.days = folder, days
        self._day: date | None = None
        self._door = -1
        folder.mkdir(parents=True, exist_ok=True)
        _note_begin(folder)
        self._opened()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = f"{self.format(record)}\n".encode(errors="backslashreplace")
            os.write(self._opened(), line)
        except OSError:
            self.handleError(record)

    def _opened(self) -> int:
        """The file of today."""
        today = _today()
        if today != self._day:
            self._shut()
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            self._door = os.open(self.folder / name_of(today), flags, 0o600)
            self._day = today
            forget(self.folder, today - timedelta(days=self.days))
        return self._door

    def _shut(self) -> None:
        if self._day is not None:
            os.close(self._door)
            self._day = None

    def close(self) -> None:
        self.acquire()
        try:
            self._shut()
        finally:
            self.release()
        super().close()


def name_of(day: date) -> str:
    return f"{PREFIX}{day.isoformat()}{SUFFIX}"


def days_in(folder: Path) -> Iterator[tuple[date, Path]]:
    """The days that have a file, in order."""
    for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")):
        with suppress(ValueError):
            yield date.fromisoformat(path.name.removeprefix(PREFIX).removesuffix(SUFFIX)), path


def forget(folder: Path, before: date) -> None:
    """Remove the files of days before that one. Another process may have been faster."""
    for day, path in list(days_in(folder)):
        if day < before:
            path.unlink(missing_ok=True)


def faults(folder: Path | None, days: int) -> Iterator[str]:
    """A sentence where the log does not reach back as far as was promised."""
    if folder is None:
        return
    try:
        begun = date.fromisoformat((folder / BEGUN).read_text().strip())
    except (OSError, ValueError):
        yield f"日志目录“{folder}”没有起始日期，无法核对日志是否保存满{days}天。"
        return
    wanted = max(begun, _today() - timedelta(days=days))
    first = next((day for day, _ in days_in(folder)), None)
    if first is None or first > wanted + STILLNESS:
        told = f"最早只到{first}" if first else "没有日志文件"
        yield f"日志目录“{folder}”{told}，应从{wanted}起保存满{days}天，请检查是否有别的程序清理。"


def _note_begin(folder: Path) -> None:
    with suppress(FileExistsError), (folder / BEGUN).open("x", encoding="ascii") as file:
        file.write(_today().isoformat())


def _today() -> date:
    """The real day: a log does not stand still on the example's."""
    return clock.day_of(clock.real_now())
