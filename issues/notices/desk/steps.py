"""The acts on a draft's paragraphs, each from one state of the desk to the next: nothing is lost.

Whoever works on a paragraph sends what they had before their eyes (`base`). Another paragraph may
have been changed meanwhile, and both changes stay; the same one is a conflict, told with both.
"""

import secrets
from copy import deepcopy
from typing import NamedTuple

from issues.ground import signs
from issues.ground.refusals import Incomplete, NotFound, Stale
from issues.notices.desk.overlay import Standing, standing
from issues.notices.desk.pieces import Piece
from issues.notices.desk.shape import BlockFacts, DeskFacts, EntryFacts
from issues.notices.page.document import Level
from issues.notices.page.tables.typed import CELL, LEAST_ROWS
from issues.vocabulary.desk import DeskAct

MOST_PARAGRAPH = 5000
MOST_PARAGRAPHS = 400
NAMED = 12
FIRST = "first"
"""As an id: before every paragraph."""


class Step(NamedTuple):
    """One act: on the paragraph `id`; one that is added stands behind it, or `before` it.

    `base` is what was seen of it; `level` None leaves it as it is.
    """

    act: DeskAct
    id: str
    base: str = ""
    text: str = ""
    level: int | None = None
    before: bool = False
    picture: BlockFacts | None = None


class Conflict(Stale):
    """Somebody changed this very paragraph. `now` is what stands there, `mine` what was sent."""

    heading = "此段已被他人修改"

    def __init__(self, now: Standing, mine: str) -> None:
        sentence = "您打开后，此段已被他人修改。两份文字都在下面，请取其一或合并后再保存。"
        super().__init__(sentence, known=0, current=0)
        self.now, self.mine = now, mine


def taken(composed: list[Piece], desk: DeskFacts, step: Step) -> tuple[DeskFacts, str]:
    """The desk after the step and what is said of it. Raises NotFound, Incomplete, Conflict."""
    stands = standing(composed, desk)
    found = deepcopy(desk)
    found["order"] = [one.key for one in stands]
    found.setdefault("paragraphs", {})
    if step.act is DeskAct.ADD:
        return _added(found, stands, step)
    one = _named(stands, step.id)
    if step.act in {DeskAct.UP, DeskAct.DOWN}:
        return _moved(found, stands, one, -1 if step.act is DeskAct.UP else 1), _said(one)
    if step.base and step.base != one.base:
        raise Conflict(one, step.text)
    entry = found["paragraphs"].setdefault(one.key, {})
    if step.act is DeskAct.WRITE:
        _write(entry, one, step)
    elif step.act is DeskAct.FOLLOW:
        entry = found["paragraphs"][one.key] = _as_recorded(one)
    elif step.act is DeskAct.STRIKE:
        entry["struck"] = True
    else:
        entry.pop("struck", None)
    if not entry:
        del found["paragraphs"][one.key]
    return found, _said(one)


def _named(stands: list[Standing], id_: str) -> Standing:
    for one in stands:
        if one.id == id_:
            return one
    raise NotFound("这一段已不在草稿中，请刷新后再看。")


def _said(one: Standing) -> str:
    text = one.text.replace("\n", "")
    return f"“{text[:NAMED]}{'…' if len(text) > NAMED else ''}”"


def _write(entry: EntryFacts, one: Standing, step: Step) -> None:
    text = refused_unless_fit(step.text)
    level = one.level if step.level is None else Level(step.level)
    if one.record is not None and text == one.record:
        entry.pop("text", None)
        entry.pop("record", None)
    elif text != one.text or "text" in entry:
        entry["text"] = text
        if not one.is_own and (text != one.text or "record" not in entry):
            entry["record"] = one.record if one.record is not None else entry.get("record", "")
    if level != one.level:
        entry["level"] = level.value


def refused_unless_fit(text: str) -> str:
    """Line ends of one kind, no blanks at the ends. Raises Incomplete."""
    lines = signs.clean(_marked_off(text)).split("\n")
    text = "\n".join(line.rstrip(" \t") for line in lines).strip("\n").strip(" \t")
    if not text.strip():
        raise Incomplete({"text": ["段落没有文字；不要这一段请用“删去”"]})
    if len(text) > MOST_PARAGRAPH:
        raise Incomplete({"text": [f"一段最多{MOST_PARAGRAPH}字"]})
    if fault := signs.fault(text):
        raise Incomplete({"text": [f"文字{fault}"]})
    return text


def _marked_off(text: str) -> str:
    """Cells copied from a sheet come with tabs between: they are kept as a table is typed."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < LEAST_ROWS or not all("\t" in line for line in lines):
        return text
    return "\n".join(line.replace("\t", CELL) for line in lines)


def _as_recorded(one: Standing) -> EntryFacts:
    """Nothing of a person's: a paragraph that no record composes stays theirs."""
    if one.record is None:
        raise Incomplete({"text": ["记录中已没有这一段，不能改回；不要这一段请用“删去”"]})
    return {}


def _added(desk: DeskFacts, stands: list[Standing], step: Step) -> tuple[DeskFacts, str]:
    if len(stands) >= MOST_PARAGRAPHS:
        raise Incomplete({"text": [f"一份文书最多{MOST_PARAGRAPHS}段"]})
    text = refused_unless_fit(step.text)
    key = f"own/{secrets.token_hex(5)}"
    entry: EntryFacts = {"own": True, "text": text, "level": step.level or 0}
    if step.picture:
        entry |= {"level": 0, "picture": step.picture}
    desk["paragraphs"][key] = entry
    places = {one.id: place + (not step.before) for place, one in enumerate(stands)}
    desk["order"].insert(0 if step.id == FIRST else places.get(step.id, len(stands)), key)
    return desk, f"“{text[:NAMED]}”"


def _moved(desk: DeskFacts, stands: list[Standing], one: Standing, by: int) -> DeskFacts:
    """Past the next one that is printed: struck ones are not seen and are no neighbours."""
    order, place = desk["order"], desk["order"].index(one.key)
    unseen = {other.key for other in stands if other.is_struck}
    to = place + by
    while 0 <= to < len(order) and order[to] in unseen:
        to += by
    if 0 <= to < len(order):
        order.insert(to, order.pop(place))
    return desk
