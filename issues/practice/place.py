"""The folder of the practice city: what tells how it stands, and who is at it.

    lock          held by the process of the practice city, whoever began it: there are never two
    standing.json how far that process is, and where it listens
    secret_key demo_password   kept over a reset
    city/         database, evidence, and `filled` once all of the example is there

What is not `filled` is thrown away whole at the next start, so a reset takes that one file away:
of two at once only one finds it, and one that breaks off is begun anew.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from issues.ground import clock
from issues.ground.documents import Unreadable, json_of

try:
    import fcntl
except ImportError:  # Windows: whoever starts two there has two
    fcntl = None  # type: ignore[assignment]  # there is no other word for a missing module

LARGEST = 4096
PREPARING = "正在准备"


@dataclass(frozen=True)
class Standing:
    """How the process is: what it does, and whether people may come in."""

    address: str = ""
    is_ready: bool = False
    is_failed: bool = False
    step: str = PREPARING
    process: int = 0


class Place:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.city = folder / "city"
        self._filled = self.city / "filled"
        self._lock = folder / "lock"
        self._standing = folder / "standing.json"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.city / 'rectification.db'}"

    @property
    def evidence_url(self) -> str:
        return (self.city / "evidence").as_uri()

    @contextlib.contextmanager
    def held(self) -> Iterator[bool]:
        """Whether this process has it to itself now. The system lets go of it where one dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._lock.open("w") as door:
            yield _is_taken(door.fileno())

    def is_held(self) -> bool:
        """Whether some process has it."""
        with self.held() as mine:
            return not mine

    def filled(self) -> str:
        """Since when the example is there whole; empty where it is not, or is to be made anew."""
        try:
            return self._filled.read_text(encoding="ascii")
        except FileNotFoundError:
            return ""

    def fill(self) -> None:
        """All is there. Kept whole or not at all."""
        _write(self._filled, clock.real_now().isoformat())

    def reset(self) -> bool:
        """Whether it was this call that asked for it: False where it is being filled already."""
        try:
            self._filled.unlink()
        except FileNotFoundError:
            return False
        return True

    def empty(self) -> None:
        """Throw the city away, at a name of its own first: nothing half removed is ever opened."""
        self.city.parent.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("thrown-*"):
            shutil.rmtree(old, ignore_errors=True)
        if self.city.exists():
            old = self.folder / f"thrown-{os.getpid()}"
            self.city.rename(old)
            shutil.rmtree(old, ignore_errors=True)
        self.city.mkdir()

    def tell(self, standing: Standing) -> None:
        _write(self._standing, json.dumps(asdict(standing), ensure_ascii=False))

    def standing(self) -> Standing:
        """What was told last, by whoever is at it or was."""
        try:
            return Standing(**json_of(self._standing.read_bytes(), LARGEST))
        except (OSError, Unreadable, TypeError):
            return Standing()


def since(filled: str) -> datetime | None:
    """The moment it was filled, for people."""
    return datetime.fromisoformat(filled) if filled else None


def _is_taken(door: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
