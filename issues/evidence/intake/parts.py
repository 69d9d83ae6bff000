"""Files sent piece by piece, so that a broken connection goes on where it stopped.

A file on its way is one temporary file named by its sender and a random word; how much of it has
come is the file's own length. What is agreed on at the start (who, of what, name, size) is in a
signed word that the sender shows each time, so no row is written before the file is whole. What
is never finished is swept a day after its last piece, with other broken-off uploads; a whole one
that waits for its form (docs/decisions/0077) later.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from itsdangerous import BadSignature, URLSafeSerializer

from auth.actor import Actor
from issues.evidence.intake import proof as files
from issues.evidence.intake.incoming import SUFFIX, WHOLE, no_space_refused
from issues.evidence.refusals import (
    MEBIBYTE,
    Altered,
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
FORM, UNTOLD = "form ", "-"
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
    """A file on its way to what `of` names; with its digest once it is whole and waits.

    `lon`, `lat` (WGS-84) are what the sender's device said when it was taken, both or none.
    """

    user_id: int
    of: str
    name: str
    size: int
    word: str
    sha256: str = ""
    lon: float | None = None
    lat: float | None = None

    @property
    def file_name(self) -> str:
        return f"{self.user_id}-{self.word}{WHOLE if self.sha256 else SUFFIX}"

    @property
    def place(self) -> tuple[float, float] | None:
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


def of_ticket(issue: Issue) -> str:
    return f"issue {issue.id}"


def of_form(path: str) -> str:
    """`path`: where the form is sent to."""
    return f"{FORM}{path}"


def begin(of: str, actor: Actor, name: str, size: str, *, folder: Path) -> Part:
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
        part = Part(user_id, of, files.safe_name(name), length, secrets.token_hex(16))
        (folder / part.file_name).touch(mode=0o600)
    return part


def sign(part: Part, secret: str) -> str:
    return URLSafeSerializer(secret, salt=SALT).dumps(asdict(part))


def read(signed: str, secret: str, of: str, actor: Actor) -> Part:
    """Raises NotFound unless it was given to this person for this very thing."""
    part = _read(signed, secret, actor)
    if part.of != of:
        raise NotFound
    return part


def read_of_form(signed: str, secret: str, actor: Actor) -> tuple[Part, str]:
    """A file chosen in a form, and the address of that form. Raises NotFound as `read` does."""
    part = _read(signed, secret, actor)
    if not part.of.startswith(FORM):
        raise NotFound
    return part, part.of.removeprefix(FORM)


def _read(signed: str, secret: str, actor: Actor) -> Part:
    try:
        part = Part(**URLSafeSerializer(secret, salt=SALT).loads(signed))
    except (BadSignature, TypeError):
        raise NotFound from None
    if part.user_id != actor.id or not _WORD.fullmatch(part.word):
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


def wait(
    part: Part, sha256: str = "", place: tuple[float, float] | None = None, *, folder: Path
) -> Part:
    """The complete file, put aside until its form is sent; again, where only the answer was lost.

    Raises NotFound, CutShort, and Altered where it is not of the digest the sender says.
    """
    lon, lat = place or (None, None)
    waiting = replace(part, sha256=sha256 or UNTOLD, lon=lon, lat=lat)
    path = folder / waiting.file_name
    if not path.exists():
        path = folder / part.file_name
        if come(part, folder) != part.size:
            raise CutShort(part.size, come(part, folder))
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if sha256 and digest != sha256:
        raise Altered
    path.rename(folder / waiting.file_name)
    return replace(waiting, sha256=digest)


def renew(part: Part, *, folder: Path) -> None:
    """It is still wanted: swept so much later. Raises NotFound where it was taken or swept."""
    try:
        os.utime(folder / part.file_name)
    except FileNotFoundError:
        raise NotFound from None


def drop(part: Part, *, folder: Path) -> None:
    (folder / part.file_name).unlink(missing_ok=True)


@contextmanager
def _alone(file: IO[bytes]) -> Iterator[None]:
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)
    yield
