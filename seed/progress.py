"""How far a long piece of work is, on a terminal or in a log."""

import sys
from collections.abc import Callable

WIDTH = 30
Say = Callable[[str], None]


class Bar:
    """One line that fills up on a terminal; elsewhere one line at the end."""

    def __init__(self, title: str, total: int, say: Say) -> None:
        self.title, self.total, self.say = title, max(total, 1), say
        self.done = 0
        self.is_live = say is print and sys.stdout.isatty()

    def step(self, count: int = 1) -> None:
        self.done += count
        if self.is_live:
            end = "\n" if self.done >= self.total else ""
            sys.stdout.write(f"\r{self}{end}")
            sys.stdout.flush()
        elif self.done >= self.total:
            self.say(str(self))

    def __str__(self) -> str:
        full = min(WIDTH, self.done * WIDTH // self.total)
        return f"{self.title} [{'█' * full}{'·' * (WIDTH - full)}] {self.done}/{self.total}"
