"""The user's own workbook back, marked in a process of its own with limits of memory and time.

It is read a second time, by a reader that makes a cell of each one a merged range or a link claims
to cover. Ranges no person draws are refused before that; whatever else is too much ends the other
process and nothing else.
"""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from xml.parsers import expat

from issues.evidence.decoding.decoder_fork import ROOT, environ
from issues.exchange.reading.items import CellError
from issues.exchange.workbook.package import UnreadableWorkbook, judge_xml, open_package
from issues.exchange.workbook.sheet_limits import column_number
from issues.ground.numbers import whole

WORKER = "issues.exchange.workbook.marked_copy"
SECONDS = 90
MOST_COVERED = 500_000
TOO_WIDE = (
    "工作簿里有合并单元格或超链接占了过大的范围，不能生成标红的副本。"
    "请按页面上列出的单元格改正，或取消整行整列的合并和链接后重新上传。"
)
TOO_MUCH = (
    "工作簿内容过多或写法特殊，不能生成标红的副本。请按页面上列出的单元格改正，或另存后重新上传。"
)
MOST_ROW = 9_999_999
_COVERS = frozenset({"mergeCell", "hyperlink"})
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def mark_errors(original: bytes, errors: Sequence[CellError], sheet: str | None = None) -> bytes:
    """The workbook with the errors marked on `sheet`, the first one where that is not named.

    Raises UnreadableWorkbook.
    """
    open_package(original)
    if _covered(original) > MOST_COVERED:
        raise UnreadableWorkbook(TOO_WIDE)
    asked = json.dumps({"errors": [asdict(one) for one in errors], "sheet": sheet}).encode()
    try:
        done = subprocess.run(  # noqa: S603 - a list, our own module, no words of a stranger
            [sys.executable, "-m", WORKER],
            input=len(asked).to_bytes(4, "big") + asked + original,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ(),
            cwd=ROOT,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as wrong:
        raise UnreadableWorkbook(TOO_MUCH) from wrong
    return done.stdout


def _covered(original: bytes) -> int:
    """How many cells the ranges of all parts claim together, wherever a sheet is kept."""
    counted = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal counted
        if name.rpartition(":")[2] in _COVERS:
            counted += _area(attributes.get("ref", ""))

    with zipfile.ZipFile(BytesIO(original)) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith(".xml"):
                parser = expat.ParserCreate()
                parser.StartElementHandler = start
                judge_xml(archive.read(entry), parser)
    return counted


def _area(text: str) -> int:
    match = _RANGE.fullmatch(text)
    if match is None:
        return 0
    left, top, right, bottom = match.groups()
    columns = abs(column_number(right) - column_number(left)) + 1
    rows = [whole(row, 0, MOST_ROW) or 0 for row in (top, bottom)]
    return columns * (abs(rows[1] - rows[0]) + 1)
