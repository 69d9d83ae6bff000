"""Annexes of a person's own put into a draft, whole: upon what was seen, or a conflict."""

import json
import secrets
from collections.abc import Iterable
from copy import deepcopy

from issues.ground import signs
from issues.ground.refusals import Incomplete, NotFound, Stale
from issues.models import DraftPicture
from issues.notices.desk.annex.printing import MOST_COLUMNS, MOST_ROWS
from issues.notices.desk.overlay import digest
from issues.notices.desk.shape import AnnexFacts, BlockFacts, DeskFacts
from issues.notices.desk.steps import MOST_PARAGRAPH
from issues.notices.page.document import Level

MOST_ANNEXES = 5
MOST_BLOCKS = 60
MOST_TITLE = 80
MOST_CELL = 500
MOST_CAPTION = 80
CHANGED = "您打开后，这个附件已被他人修改。请核对最新内容后再保存，您填写的内容已保留。"


def base_of(annex: AnnexFacts) -> str:
    return digest(json.dumps(annex, ensure_ascii=False, sort_keys=True))


def read_table(pasted: str) -> list[list[str]]:
    """Cells copied from a sheet: a line a row, tabs between, a cell in quotes may hold lines."""
    rows: list[list[str]] = [[]]
    text, place = pasted.replace("\r\n", "\n").replace("\r", "\n").strip("\n"), 0
    while place <= len(text):
        cell, place = _cell(text, place)
        rows[-1].append(signs.clean(cell).strip())
        end = text[place : place + 1]
        place += 1
        if end == "\n":
            rows.append([])
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _cell(text: str, start: int) -> tuple[str, int]:
    if text.startswith('"', start):
        end, found = start + 1, ""
        while end < len(text):
            if text[end] != '"':
                found += text[end]
            elif text.startswith('""', end):
                found, end = found + '"', end + 1
            else:
                break
            end += 1
        if end < len(text) and (end + 1 == len(text) or text[end + 1] in "\t\n"):
            return found, end + 1
    end = start
    while end < len(text) and text[end] not in "\t\n":
        end += 1
    return text[start:end], end


def put(desk: DeskFacts, annex: AnnexFacts, base: str) -> tuple[DeskFacts, str]:
    """A new one where it has no key. Raises Incomplete, NotFound, Stale."""
    refuse_unfit(annex)
    found = deepcopy(desk)
    annexes = found.setdefault("annexes", [])
    if not annex.get("key"):
        if len(annexes) >= MOST_ANNEXES:
            raise Incomplete({"annex": [f"自行增加的附件最多{MOST_ANNEXES}个"]})
        annexes.append({**annex, "key": f"annex/{secrets.token_hex(5)}"})
    else:
        place = _place(annexes, annex["key"], base)
        annexes[place] = annex
    return found, f"“{annex['title']}”"


def removed(desk: DeskFacts, key: str, base: str) -> tuple[DeskFacts, str]:
    found = deepcopy(desk)
    annexes = found.get("annexes") or []
    gone = annexes.pop(_place(annexes, key, base))
    return found, f"“{gone.get('title', '')}”"


def _place(annexes: list[AnnexFacts], key: str, base: str) -> int:
    for place, one in enumerate(annexes):
        if one.get("key") == key:
            if base_of(one) != base:
                raise Stale(CHANGED, known=0, current=0)
            return place
    raise NotFound("这个附件已不在草稿中，请刷新后再看。")


def refuse_unfit(annex: AnnexFacts) -> None:
    """Every fault in one sentence each."""
    wrong = []
    title = annex.get("title", "").strip()
    if not title:
        wrong.append("请填写附件标题")
    if len(title) > MOST_TITLE:
        wrong.append(f"附件标题最多{MOST_TITLE}字")
    blocks = annex.get("blocks") or []
    if len(blocks) > MOST_BLOCKS:
        wrong.append(f"一个附件最多{MOST_BLOCKS}块")
    for number, block in enumerate(blocks, 1):
        wrong += [f"第{number}块{said}" for said in _wrong(block)]
    for text in _texts(annex):
        if fault := signs.fault(text):
            wrong.append(f"文字{fault}")
    if wrong:
        raise Incomplete({"annex": list(dict.fromkeys(wrong))})


def _wrong(block: BlockFacts) -> Iterable[str]:
    if "rows" in block:
        rows = block["rows"]
        if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
            yield f"表格最多{MOST_ROWS}行、{MOST_COLUMNS}列"
        if any(len(cell) > MOST_CELL for row in rows for cell in row):
            yield f"每格最多{MOST_CELL}字"
    elif "sha256" in block:
        if len(block.get("caption", "")) > MOST_CAPTION:
            yield f"照片说明最多{MOST_CAPTION}字"
    else:
        if len(block.get("text", "")) > MOST_PARAGRAPH:
            yield f"文字最多{MOST_PARAGRAPH}字"
        if block.get("level", 0) not in set(Level):
            yield "层级不对"


def _texts(annex: AnnexFacts) -> Iterable[str]:
    yield annex.get("title", "")
    for block in annex.get("blocks") or []:
        yield from (block.get("text", ""), block.get("caption", ""))
        yield from (cell for row in block.get("rows", []) for cell in row)


def picture_block(row: DraftPicture, caption: str = "") -> BlockFacts:
    """As an annex holds it."""
    block: BlockFacts = {
        "evidence": row.evidence_id, "sha256": row.sha256, "width": row.width,
        "height": row.height, "caption": caption,
    }  # fmt: skip
    return block | {"page": row.page} if row.page else block
