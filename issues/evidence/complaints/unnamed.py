"""Nobody who complained stands in what the public reads: one check for all doors of such texts.

A text is held against what is sealed of who complained of that ticket, and against what a person
looks like. What is told is the row and the column, never the words. Whoever may write texts of a
letter without seeing the whole city learns nothing of it: by trying names a unit would learn who
complained, so no door shows such a table to it. Source: docs/decisions/0052.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from issues.evidence import complainants
from issues.ground.refusals import WrongStatus
from issues.ground.secrecy import persons

TOLD = 10
"""How many places a refusal names."""


class Named(NamedTuple):
    """A cell that names somebody: the place of its row, from 1 on, and its heading."""

    row: int
    heading: str


def named(rows: Mapping[int, Mapping[str, str]]) -> list[Named]:
    """The cells that name who complained; `rows` are texts by heading, by ticket, as they stand.

    Raises CannotOpen where what is sealed cannot be read: then nothing goes out.
    """
    places = {issue_id: place for place, issue_id in enumerate(rows, start=1)}
    heads = {issue_id: list(texts) for issue_id, texts in rows.items()}
    sealed = complainants.named_in({one: list(texts.values()) for one, texts in rows.items()})
    found = {(places[one], at, heads[one][at]) for one, at in sealed}
    for issue_id, texts in rows.items():
        found |= {
            (places[issue_id], at, heading)
            for at, (heading, text) in enumerate(texts.items())
            if persons.masked(text) != text
        }
    return [Named(row, heading) for row, _, heading in sorted(found)]


def refuse(found: Sequence[Named]) -> None:
    """No file is made while a text names somebody. Raises WrongStatus."""
    if not found:
        return
    where = "、".join(f"第{one.row}行“{one.heading}”" for one in found[:TOLD])
    more = f"等{len(found)}处" if len(found) > TOLD else ""
    raise WrongStatus(f"{where}{more}写有举报人信息，没有生成文件，请先修改事项中的文字。")
