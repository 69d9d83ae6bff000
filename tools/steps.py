"""A set-up step and its stamp: what was done with the same inputs is not done again."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.commands import ROOT, tell


def always() -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One named piece of the set-up.

    Its stamp lies inside `home`, the folder it fills, and so goes when that folder goes. It is
    written last: a step that was cut off is done again.
    """

    name: str
    title: str
    home: Path
    inputs: tuple[Path, ...]
    work: Callable[[], None]
    is_whole: Callable[[], bool] = always
    also: str = ""

    @property
    def stamp(self) -> Path:
        return self.home / f".stamp-{self.name}"

    def digest(self) -> str:
        digest = hashlib.sha256(self.also.encode())
        for path in self.inputs:
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_done(self) -> bool:
        try:
            stamped = self.stamp.read_text(encoding="utf-8")
        except OSError:
            return False
        return stamped == self.digest() and self.is_whole()

    def do(self) -> None:
        self.stamp.unlink(missing_ok=True)
        self.work()
        self.home.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.digest(), encoding="utf-8")


def take(steps: list[Step], needed: Callable[[Step], bool]) -> None:
    """Do the steps in order; those already done, or not needed now, are passed over."""
    for number, step in enumerate(steps, 1):
        head = f"[{number}/{len(steps)}] {step.title}"
        if step.is_done():
            print(f"{head}：已就绪", flush=True)
        elif not needed(step):
            print(f"{head}：不需要", flush=True)
        else:
            print(f"{head} …", flush=True)
            started = time.monotonic()
            step.do()
            tell(f"完成，用时 {time.monotonic() - started:.0f} 秒")


def files_match(folder: Path, listing: str) -> bool:
    """Every file the listing names is there, byte for byte."""
    try:
        digests = json.loads((folder / listing).read_text(encoding="utf-8"))
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in digests.items()
        )
    except (OSError, ValueError):
        return False
