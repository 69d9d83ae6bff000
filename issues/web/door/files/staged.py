"""Files that came before the form they were chosen in: seen, kept chosen, taken when it is sent.

Each is a part put aside (issues/evidence/intake/parts.py); the form carries its signed word in a
field beside the file's own. Sent without script, the file's own field has the bytes as ever; both
come to the same proof. What was taken is gone from the stage once the act has led on. ADR 0077.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from flask import Response, abort, after_this_request, current_app, g, redirect, request

from issues import once
from issues.evidence.intake import parts, proof
from issues.evidence.intake.taking import Proven
from issues.evidence.refusals import EvidenceRefused
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.queries.evidence.files import written_size
from issues.web.door import forms, uploads as sending
from issues.web.door.guards import actor
from issues.web.door.once import SEE_OTHER, sent_key, what_was_sent

PREFIX = "staged_"
OF_KEPT = "files of a kept form"
"""Set in `g` where a page is filled with what was kept of its form: the words of each field."""
REFUSED = 400
GONE = "有{}个选好的文件已经提交过或已过期，请核对后重新选择"
LOST = "有{}个先前选好的文件已不在，请重新选择。"
ONE = "这里只收一个文件，请移除多选的"


@dataclass(frozen=True, slots=True)
class Sent:
    """One file of a form, however it came. `place`: as the device told it with the shot."""

    stream: IO[bytes]
    filename: str
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One that waits, as the form shows it again. `word` is what the form carries."""

    word: str
    name: str
    size: int
    is_picture: bool
    is_placed: bool

    @property
    def weight(self) -> str:
        return written_size(self.size)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is chosen in a field, and what is said of what no longer is."""

    files: list[Chosen]
    said: str = ""


def folder() -> Path:
    waiting: Path = current_app.extensions["evidence"].waiting
    return waiting


def secret() -> str:
    kept: str = current_app.extensions["settings"].secret_key
    return kept


def is_any(field: str) -> bool:
    return bool(forms.files(field) or forms.marked(PREFIX + field))


def files(field: str, form: str = "") -> list[Sent]:
    """Those sent with the form, and those that waited for it. `form`: its address, if another.

    Where the same form was sent before and these went with it, its first answer is given again.
    Raises Incomplete where one that the person saw is not there any more.
    """
    sent = [Sent(one.stream, one.filename or "") for one in forms.files(field)]
    words = forms.marked(PREFIX + field)
    waiting: list[tuple[parts.Part, IO[bytes]]] = []
    after_this_request(partial(_ended, waiting))
    for word in words:
        with suppress(NotFound, FileNotFoundError):
            part = parts.read(word, secret(), parts.of_form(form or request.path), actor())
            if part.sha256:
                waiting.append((part, (folder() / part.file_name).open("rb")))
    if lacking := len(words) - len(waiting):
        _lead_to_first_answer()
        raise Incomplete({field: [GONE.format(lacking)]})
    return sent + [Sent(stream, part.name, part.place) for part, stream in waiting]


def file(field: str, form: str = "") -> Sent | None:
    """The one of a field that takes one; None where none was chosen. Raises Incomplete."""
    return next(iter(bounded(files(field, form), field, 1, ONE)), None)


def proven(field: str, most: int = 0, too_many: str = "", form: str = "") -> list[Proven]:
    """Every file of a field, its bytes kept before any transaction.

    `most`, `too_many`: how many at once, and what is said to more. Raises Incomplete at the first
    that is refused.
    """
    return proven_of(field, bounded(files(field, form), field, most, too_many))


def bounded(sent: list[Sent], field: str, most: int, too_many: str) -> list[Sent]:
    """Raises Incomplete."""
    if most and len(sent) > most:
        raise Incomplete({field: [too_many]})
    return sent


def proven_of(field: str, sent: Sequence[Sent]) -> list[Proven]:
    """Raises Incomplete at the field, by the file's name."""
    try:
        return taken(sent)
    except sending.NotTaken as refused:
        raise Incomplete({field: list(refused.errors["file"])}) from refused


def taken(sent: Sequence[Sent]) -> list[Proven]:
    """Raises NotTaken at the first that is refused."""
    return [sending.proven(one.stream, one.filename, place=one.place) for one in sent]


def _ended(waiting: list[tuple[parts.Part, IO[bytes]]], answer: Response) -> Response:
    """What was answered with what was asked for has taken them; a refusal finds them again."""
    for part, stream in waiting:
        stream.close()
        if answer.status_code < REFUSED:
            parts.drop(part, folder=folder())
    return answer


def _lead_to_first_answer() -> None:
    key = sent_key()
    with suppress(once.KeyReused):
        id_ = present(actor().id, "the account of the person")
        first = once.answered(id_, key, what_was_sent()) if key else None
        if first is not None:
            abort(redirect(first.text, SEE_OTHER))


def shown(field: str, form: str, errors: Sequence[str] = ()) -> Shown:
    """What the form draws as chosen: on a form drawn again or restored, what was chosen before.

    A file that came in the form itself is put aside for it now, unless the field itself is at
    fault: then nobody knows which of them was meant.
    """
    is_sent = request.method == "POST"
    words = forms.marked(PREFIX + field) if is_sent else g.get(OF_KEPT, {}).get(PREFIX + field, [])
    found = [one for word in words if (one := chosen(word, form)) is not None]
    if not errors:
        found += [one for one in map(partial(_put_aside, form), forms.files(field)) if one]
    gone = len(words) - sum(one.word in words for one in found)
    return Shown(found, LOST.format(gone) if gone and not errors else "")


def chosen(word: str, form: str) -> Chosen | None:
    """None where it is gone, of another person or of another form."""
    try:
        part = parts.read(word, secret(), parts.of_form(form), actor())
        if not part.sha256:
            return None
        parts.renew(part, folder=folder())
    except NotFound:
        return None
    return seen(part)


def seen(part: parts.Part) -> Chosen:
    is_picture = proof.named_type(part.name).is_picture
    word = parts.sign(part, secret())
    return Chosen(word, part.name, part.size, is_picture, part.place is not None)


def _put_aside(form: str, file: forms.FileStorage) -> Chosen | None:
    """None where it cannot wait: of another kind, too much of it, no room."""
    file.stream.seek(0, 2)
    size, of = str(file.stream.tell()), parts.of_form(form)
    file.stream.seek(0)
    try:
        part = parts.begin(of, actor(), file.filename or "", size, folder=folder())
        store = current_app.extensions["evidence"]
        parts.add(part, 0, file.stream, folder=folder(), store=store)
        return seen(parts.wait(part, "", None, folder=folder()))
    except (EvidenceRefused, Refusal):
        return None
