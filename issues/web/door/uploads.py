"""What every way of sending files in shares: the form's words, the proof, once however often."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import IO

from flask import current_app

from issues.act_fields import Field, optional
from issues.evidence import rows as keeping
from issues.evidence.intake import proof as files
from issues.evidence.intake.sealing_in import take_in_sealed
from issues.evidence.intake.taking import Proven
from issues.evidence.refusals import EvidenceRefused
from issues.ground.numbers import LARGEST_ID
from issues.ground.refusals import Incomplete, Later, Refusal
from issues.models import Issue
from issues.vocabulary import EvidenceKind
from issues.web.door import forms, turns

ABOUT = (
    Field(
        "kind", "choice", "材料类别", choices=tuple(EvidenceKind.choices()), asks="请选择材料类别"
    ),
    optional("measure", "integer", "措施", most=LARGEST_ID, asks="没有这项措施"),
    optional("note", "long_text", "说明", limit=keeping.NOTE_LIMIT),
)  # fmt: skip
"""What is said of files that are sent in."""
TOLD_BY_THE_DEVICE = frozenset({"lon", "lat", "still"})
"""Sent once more, a file may come with another place or picture of the same."""


class NotTaken(Refusal):
    """A file that is not taken, named among those sent with it. `wait`: for how many seconds."""

    def __init__(self, name: str, refused: EvidenceRefused | Later) -> None:
        sentence = f"“{files.safe_name(name)}”：{refused}"
        super().__init__(sentence, {"file": [sentence]})
        self.status, self.heading = refused.status, refused.heading
        self.wait = refused.wait if isinstance(refused, Later) else 0


def about(issue: Issue) -> keeping.About:
    """Raises Incomplete, each fault at its field."""
    sent = forms.read(ABOUT)
    said = keeping.read_about(issue, sent["kind"], sent["measure"], sent["note"] or "")
    return keeping.About(said.kind, said.measure_id, said.note, place())


def place() -> tuple[float, float] | None:
    """What the sender's device said, once they agreed; anything else is nothing."""
    try:
        lon, lat = (float(forms.carried(name)) for name in ("lon", "lat"))
    except ValueError:
        return None
    known = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004 - degrees
    return (round(lon, 7), round(lat, 7)) if known else None


def proven(
    stream: IO[bytes],
    name: str,
    size: int | None = None,
    sha256: str | None = None,
    *,
    place: tuple[float, float] | None = None,
) -> keeping.Proven:
    """Of the size and digest the sender says, where they say one. Raises NotTaken by name."""
    store = current_app.extensions["evidence"]
    try:
        with turns.UPLOADS.turn():
            found = keeping.take_in(stream, name, store=store, declared=size, sha256=sha256)
            return replace(found, place=place)
    except (EvidenceRefused, Later) as refused:
        raise NotTaken(name, refused) from refused


def proven_sealed(stream: IO[bytes], name: str, issue: Issue) -> Proven:
    """What is kept sealed alone. Raises NotTaken by name."""
    issue_id = issue.id  # read before the turn gives the connection back
    store = current_app.extensions["evidence"]
    try:
        with turns.UPLOADS.turn():
            return take_in_sealed(stream, name, store=store, issue_id=issue_id)
    except (EvidenceRefused, Later) as refused:
        raise NotTaken(name, refused) from refused


def told_at_its_field(add: Callable[[], str]) -> Callable[[], str]:
    """The same act, where a refusal of the file is told at the form's field. Raises Incomplete."""

    def told() -> str:
        try:
            return add()
        except EvidenceRefused as refused:
            raise Incomplete({"file": [str(refused)]}) from refused

    return told
