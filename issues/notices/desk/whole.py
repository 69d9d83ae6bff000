"""All paragraphs of a draft put at once, as a program sends them: in its order, none left out."""

from collections.abc import Sequence
from typing import NamedTuple

from issues.ground.refusals import Incomplete
from issues.notices.desk.overlay import standing
from issues.notices.desk.pieces import Piece
from issues.notices.desk.shape import DeskFacts
from issues.notices.desk.steps import FIRST, Step, taken
from issues.vocabulary.desk import DeskAct


class Row(NamedTuple):
    """`id` is empty for a paragraph that is new; `level` None leaves it as it is."""

    id: str
    text: str
    level: int | None
    struck: bool


def arranged(composed: list[Piece], desk: DeskFacts, rows: Sequence[Row]) -> tuple[DeskFacts, str]:
    """Raises Incomplete: one that is not known, named twice or left out."""
    stands = {one.id: one for one in standing(composed, desk)}
    _refuse(list(stands), [row.id for row in rows if row.id])
    keys: list[str] = []
    for row in rows:
        if not row.id:
            known = set(desk.get("paragraphs") or {})
            desk, _said = taken(composed, desk, Step(DeskAct.ADD, FIRST, "", row.text, row.level))
            keys.append(next(key for key in desk["paragraphs"] if key not in known))
            continue
        one = stands[row.id]
        if row.text != one.text or (row.level is not None and row.level != one.level):
            desk, _said = taken(
                composed, desk, Step(DeskAct.WRITE, row.id, "", row.text, row.level)
            )
        if row.struck != one.is_struck:
            act = DeskAct.STRIKE if row.struck else DeskAct.REVIVE
            desk, _said = taken(composed, desk, Step(act, row.id))
        keys.append(one.key)
    return {**desk, "order": keys}, f"整份{len(rows)}段"


def _refuse(known: list[str], given: list[str]) -> None:
    unknown = [id_ for id_ in given if id_ not in known]
    left_out = [id_ for id_ in known if id_ not in given]
    said = [f"没有标识为{id_}的段落" for id_ in unknown]
    said += [f"标识为{id_}的段落没有列出；不要的请写明删去" for id_ in left_out]
    if len(given) != len(set(given)):
        said.append("同一段列了两次")
    if said:
        raise Incomplete({"paragraphs": said})
