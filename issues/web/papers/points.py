"""The part of an answer's form that goes point by point: as it is drawn, and as it was sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from issues.ground import signs
from issues.notices.receipts.points import MOST_POINTS, POINTS
from issues.notices.receipts.standing import Line
from issues.web.door import forms

NAME = POINTS.name
FILES = "file-{}"
"""The files of one point, by its number."""
ONE_WORD = ("state", "by", "text")


@dataclass(slots=True)
class Row:
    """One point of the form: how it stands, what is filled in, what is wrong with that."""

    line: Line
    place: int
    state: str = ""
    by: str = ""
    text: str = ""
    evidence: frozenset[str] = frozenset()
    errors: dict[str, list[str]] = field(default_factory=dict)


def sent() -> list[dict[str, Any]]:
    """The points that anything was filled in of, by their numbers; others are left out."""
    found = []
    for place in range(MOST_POINTS):
        no = forms.carried(f"{NAME}-{place}-no")
        if not no:
            continue
        said: dict[str, Any] = {
            name: signs.clean(forms.carried(f"{NAME}-{place}-{name}")) for name in ONE_WORD
        }
        said["evidence"] = forms.marked(f"{NAME}-{place}-evidence")
        if any(said.values()):
            found.append({"no": no, **{name: one for name, one in said.items() if one}})
    return found


def drawn(
    lines: Sequence[Line], given: Iterable[Mapping[str, Any]], errors: Mapping[str, list[str]]
) -> list[Row]:
    """`given`: rows as they were sent, or as a draft or an answer keeps them.

    An error names the row's place among those sent.
    """
    kept = list(given)
    of = {str(row.get("no")): (place, row) for place, row in enumerate(kept)}
    found = []
    for place, line in enumerate(lines):
        there, row = of.get(str(line.point.no), (None, {}))
        found.append(
            Row(
                line,
                place,
                str(row.get("state") or ""),
                str(row.get("by") or ""),
                str(row.get("text") or ""),
                frozenset(map(str, row.get("evidence") or ())),
                {} if there is None else _errors(errors, there),
            )
        )
    return found


def _errors(errors: Mapping[str, list[str]], place: int) -> dict[str, list[str]]:
    before = f"{NAME}.{place}."
    return {
        path.removeprefix(before): said for path, said in errors.items() if path.startswith(before)
    }


def with_files(rows: list[dict[str, Any]], files: Mapping[int, Sequence[str]]) -> None:
    """The files sent in with a point become its own; a point with a file alone is one begun."""
    by_number = {str(row["no"]): row for row in rows}
    for no, ids in files.items():
        if not ids:
            continue
        row = by_number.get(str(no))
        if row is None:
            row = {"no": str(no)}
            rows.append(row)
        row["evidence"] = [*row.get("evidence", []), *ids]
