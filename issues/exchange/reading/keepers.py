"""Who keeps a ticket on the ground (包片、包段、包户): columns of their own, or one cell of all."""

import re

from issues.exchange.workbook.cells import LONGEST_TEXT, Fields

KEEPERS = {"包片": "area_keeper", "包段": "section_keeper", "包户": "household_keeper"}
_PART = re.compile(r"(包[片段户])(?:责任)?(?:人员|人|领导)?\s*[:：]?\s*(.+)")
_PARTS = re.compile(r"[;；\n]+|[,，、](?=\s*包[片段户])")
_HOW = "应写成“包片：姓名；包段：姓名；包户：姓名”的样子，没有的不写"


def read_keepers(fields: Fields, row: int) -> dict[str, str]:
    """By the ticket's own columns. A column of its own leads; what is not named is an error."""
    own = {name: fields.text(name, row) for name in KEEPERS.values()}
    cell = fields.journal.take("keepers", row)
    for words in filter(None, (part.strip() for part in _PARTS.split(cell.text))):
        match = _PART.fullmatch(words)
        name = KEEPERS[match[1]] if match else ""
        if not match or own[name] not in ("", match[2].strip()):
            fields.journal.error(cell, _HOW if not match else f"{match[1]}与该行另一处不一致")
        elif len(match[2]) > LONGEST_TEXT[name]:
            fields.journal.error(cell, f"{match[1]}超过{LONGEST_TEXT[name]}字，请精简")
        else:
            own[name] = match[2].strip()
    return own
