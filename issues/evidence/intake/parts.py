"""Files sent piece by piece, so that a broken connection goes on where it stopped.

A file on its way is one temporary file named by its sender and a random word; how much of it has
come is the file's own length. What is agreed on at the start (who, which ticket, name, size) is in
a signed word that the sender shows each time, so no row is written before the file is whole. What
is never finished is swept a day after its last piece, with other broken-off uploads.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from itsdangerous import BadSignature, URLSafeSerializer

from auth.actor import Actor
from issues.evidence.intake import proof as files
from issues.evidence.intake.incoming import SUFFIX, no_space_refused
from issues.evidence.refusals import (
    MEBIBYTE,
    CutShort,
    EvidenceRefused,
    NoSpace,
    TooLarge,
    TooMuchOnItsWay,
)
from issues.evidence.storage.store import Store
from issues.ground.numbers import is_digits, whole as whole_number
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotFound
from issues.models import Issue

try:
    import fcntl
except ImportError:  # Windows: one process only
    fcntl = None  # type: ignore[assignment]  # there is no other word for a missing module

PIECE = 1 << 20
MOST_AT_ONCE = 60
"""Files one person may have on their way at a time."""
MOST_BYTES = 2048 * MEBIBYTE
"""What they may weigh together."""
SALT = "evidence-part"
_WORD = re.compile(r"[0-9a-f]{32}")


class Displaced(EvidenceRefused):
    """The piece does not follow on what has come; `at` says where to go on."""

    status = 409
    heading = "上传没有接上"

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__("这一段与已收到的内容不相接，将从断点继续。")


@dataclass(frozen=True, slots=True)
class Part:
    """A file on its way."""

    user_id: int
    issue_id: int
    name: str
    size: int
    word: str

    @property
    def file_name(self) -> str:
        return f"{self.user_id}-{self.word}{SUFFIX}"


def begin(issue: Issue, actor: Actor, name: str, size: str, *, folder: Path) -> Part:
    """Raises KindNotAllowed, TooLarge, Incomplete before a byte was sent."""
    limit = files.named_type(name).limit
    length = whole_number(size, 1, limit)
    if length is None:
        if is_digits(size) and size.strip("0"):
            raise TooLarge(limit)
        raise Incomplete({"size": ["应是文件的字节数"]})
    with no_space_refused():
        folder.mkdir(parents=True, exist_ok=True)
        if len(list(folder.glob(f"{actor.id}-*{SUFFIX}"))) >= MOST_AT_ONCE:
            raise Incomplete({"file": ["未传完的文件过多，请先传完或等待一天后自动清理"]})
        user_id = present(actor.id, "the account of the person")
        _refuse_too_much(user_id, length, folder)
        part = Part(user_id, issue.id, files.safe_name(name), length, secrets.token_hex(16))
        (folder / part.file_name).touch(mode=0o600)
    return part


def sign(part: Part, secret: str) -> str:
    return URLSafeSerializer(secret, salt=SALT).dumps(asdict(part))


def read(signed: str, secret: str, issue: Issue, actor: Actor) -> Part:
    """Raises NotFound unless it was given to this person for this ticket."""
    try:
        part = Part(**URLSafeSerializer(secret, salt=SALT).loads(signed))
    except (BadSignature, TypeError):
        raise NotFound from None
    if (part.user_id, part.issue_id) != (actor.id, issue.id) or not _WORD.fullmatch(part.word):
        raise NotFound
    return part


def come(part: Part, folder: Path) -> int:
    """How many bytes have come. Raises NotFound where the file was finished or swept."""
    try:
        return (folder / part.file_name).stat().st_size
    except FileNotFoundError:
        raise NotFound from None


def add(part: Part, at: int, stream: IO[bytes], *, folder: Path, store: Store) -> int:
    """Put a piece behind what has come; how much that is now.

    Raises Displaced, TooLarge, TooMuchOnItsWay, NoSpace. A piece that was cut short counts as far
    as it came. Two senders of one file queue.
    """
    come(part, folder)
    with no_space_refused(), (folder / part.file_name).open("r+b") as file, _alone(file):
        end = file.seek(0, os.SEEK_END)
        if at != end:
            raise Displaced(end)
        while piece := stream.read(min(PIECE, part.size - end + 1)):
            if end + len(piece) > part.size:
                raise TooLarge(files.named_type(part.name).limit)
            _refuse_too_much(part.user_id, len(piece), folder)
            if shutil.disk_usage(folder).free < store.reserve + len(piece):
                raise NoSpace
            file.write(piece)
            end += len(piece)
        return end


def _refuse_too_much(user_id: int, more: int, folder: Path) -> None:
    """Measured by what has come: who is sending at the same time counts at once."""
    held = 0
    for path in folder.glob(f"{user_id}-*{SUFFIX}"):
        with suppress(FileNotFoundError):
            held += path.stat().st_size
    if held + more > MOST_BYTES:
        raise TooMuchOnItsWay(MOST_BYTES)


@contextmanager
def whole(part: Part, *, folder: Path) -> Iterator[IO[bytes]]:
    """The complete file, to be taken in.

    Raises CutShort while something is missing: the sender goes on.
    """
    end = come(part, folder)
    if end != part.size:
        raise CutShort(part.size, end)
    path = folder / part.file_name
    with path.open("rb") as file:
        yield file


def drop(part: Part, *, folder: Path) -> None:
    (folder / part.file_name).unlink(missing_ok=True)


@contextmanager
def _alone(file: IO[bytes]) -> Iterator[None]:
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)
    yield
