"""The form of an annex read: its blocks by number, and what the pressed button does to them."""

import re

from flask import current_app

from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, NotFound
from issues.models import DraftPicture, Notice
from issues.notices.desk.annex import putting as annexing
from issues.notices.desk.annex.pictures import MOST_PAGES, page_again, pages_taken, taken_from
from issues.notices.desk.annex.printing import MOST_COLUMNS, MOST_ROWS
from issues.notices.desk.annex.putting import MOST_BLOCKS
from issues.notices.desk.shape import AnnexFacts, BlockFacts
from issues.web.door import forms

_PLACED = re.compile(r"(up|down|drop)-(\d{1,3})")
EMPTY_TABLE = [["", "", ""], ["", "", ""]]


def sent(notice: Notice) -> AnnexFacts:
    """The annex as the form holds it."""
    said = dict(forms.everything())
    numbers = [number for number in range(MOST_BLOCKS) if f"b{number}-kind" in said]
    blocks = [_block(notice, number, said) for number in numbers]
    found: AnnexFacts = {"title": signs.clean(said.get("title", "")).strip(), "blocks": blocks}
    if said.get("key"):
        found["key"] = said["key"]
    return found


def _block(notice: Notice, number: int, said: dict[str, str]) -> BlockFacts:
    name = f"b{number}-"
    kind = said[f"{name}kind"]
    if kind == "table":
        pasted = said.get(f"{name}paste", "")
        rows = annexing.read_table(pasted) if pasted.strip() else _cells(number, said)
        return {"rows": rows, "heads": f"{name}heads" in said}
    if kind == "picture":
        row = _picture(notice, said.get(f"{name}evidence", ""), said.get(f"{name}page", ""))
        return annexing.picture_block(row, signs.clean(said.get(f"{name}caption", "")).strip())
    text = signs.clean(said.get(f"{name}text", "")).strip("\n")
    return {"text": text, "level": whole(said.get(f"{name}level", ""), 0, 4) or 0}


def _cells(number: int, said: dict[str, str]) -> list[list[str]]:
    cells = {
        (row, column): signs.clean(text).strip()
        for row in range(MOST_ROWS)
        for column in range(MOST_COLUMNS)
        if (text := said.get(f"b{number}-c-{row}-{column}")) is not None
    }
    rows = 1 + max((row for row, _column in cells), default=0)
    columns = 1 + max((column for _row, column in cells), default=0)
    return [[cells.get((row, column), "") for column in range(columns)] for row in range(rows)]


def _picture(notice: Notice, evidence: str, page: str = "") -> DraftPicture:
    chosen = whole(evidence, 1, LARGEST_ID)
    if chosen is None:
        raise Incomplete({"annex": ["请选择照片"]})
    if number := whole(page, 1, MOST_PAGES):
        return page_again(notice, chosen, number)
    return taken_from(notice, chosen, current_app.extensions["evidence"])


def _pages(notice: Notice) -> list[BlockFacts]:
    chosen = whole(forms.carried("pdf"), 1, LARGEST_ID)
    if chosen is None:
        raise Incomplete({"annex": ["请选择 PDF"]})
    rows = pages_taken(notice, chosen, current_app.extensions["evidence"])
    return [annexing.picture_block(row) for row in rows]


def changed(annex: AnnexFacts, asked: str, notice: Notice) -> AnnexFacts:
    """With what the pressed button adds, moves or strikes. Raises NotFound."""
    blocks = annex["blocks"]
    if asked == "add_text":
        blocks.append({"text": "", "level": 0})
    elif asked == "add_table":
        blocks.append({"rows": [list(row) for row in EMPTY_TABLE], "heads": True})
    elif asked == "add_picture":
        blocks.append(annexing.picture_block(_picture(notice, forms.carried("picture"))))
    elif asked == "add_pdf":
        blocks += _pages(notice)
    elif placed := _PLACED.fullmatch(asked):
        _move(blocks, placed[1], whole(placed[2], 0, MOST_BLOCKS) or 0)
    elif asked not in {"save", "new"}:
        raise Incomplete({"annex": ["没有这项操作"]})
    return annex


def _move(blocks: list[BlockFacts], how: str, place: int) -> None:
    if place >= len(blocks):
        raise NotFound
    block = blocks.pop(place)
    if how != "drop":
        blocks.insert(max(0, place - 1) if how == "up" else place + 1, block)
