"""`python -m bench.notices`: how fast notices are drawn, beside the same text on bare pages.

Everything runs on one core in one process, with the fonts read before the clock starts.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas

from bench.notice_round import draft_round
from config import ROOT
from issues.notices import kinds
from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.fonts.files import load_faces
from issues.notices.kinds.sample import sample
from issues.notices.page import metrics
from issues.notices.page.document import Document, texts
from issues.notices.page.gongwen import render

RESULTS = Path(__file__).parent / "notices.json"
GOALS = {"rate": 15.0, "kilobytes": 300.0, "megabytes": 250.0, "round_seconds": 20.0}
SECONDS, WARM_UP, DRAFTS, OFFICE_TIMES = 8.0, 3, 500, 5
PER_LINE = 28


def six_pages() -> Document:
    """A red notice of one ticket with its attachments."""
    facts = sample("N3", kinds.shipped("N3"))
    facts |= {
        "issues": [facts["issues"][0] | {"progress": []}],
        "number": "示环委办督〔2025〕1号",
        "signed_on": "2025-11-25",
        "qr_url": "https://example.cn/verify/" + "a" * 43,
    }
    return kinds.compose(facts)


def bare(document: Document, faces: Faces, pages: int) -> bytes:
    """The same characters by ReportLab alone: no grid, no rules of setting, no tables."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT), invariant=1)
    font = faces.roles[FaceRole.FANGSONG].font.fontName
    text = "".join(piece for _place, piece in texts(document)).replace("\n", "")
    lines = [text[at : at + PER_LINE] for at in range(0, len(text), PER_LINE)]
    for number in range(pages):
        canvas.setFont(font, metrics.BODY)
        for place, line in enumerate(lines[number::pages]):
            y = metrics.PAGE_HEIGHT - metrics.TOP - (place + 1) * metrics.LINE
            canvas.drawString(metrics.LEFT, y, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def rate(make: Callable[[], object], seconds: float) -> float:
    """A second of this process's own core, so that neighbours on the machine do not count."""
    for _ in range(WARM_UP):
        make()
    count, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        make()
        count += 1
    return count / spent


def office_rate(make: Callable[[], object], times: int) -> float:
    """By the clock on the wall: the work is done in other processes."""
    began = time.perf_counter()
    for _ in range(times):
        make()
    return times / (time.perf_counter() - began)


_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
Target="word/document.xml"/></Relationships>"""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _write_docx(path: Path, document: Document) -> None:
    """A paragraph a piece, 16 pt, as plain as a word processor has it."""
    run = '<w:p><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>{}</w:t></w:r></w:p>'
    pieces = "".join(run.format(escape(piece)) for _place, piece in texts(document))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _RELATIONS)
        body = f'<w:document xmlns:w="{_WORD}"><w:body>{pieces}</w:body></w:document>'
        packed.writestr("word/document.xml", body)


def by_office(document: Document) -> float | None:
    """LibreOffice on a .docx of the same characters, where it is there: one call each."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "same.docx"
        _write_docx(source, document)
        command = [office, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        run = partial(subprocess.run, command, check=True, capture_output=True)
        return office_rate(run, OFFICE_TIMES)


def measure(seconds: float, drafts: int) -> dict[str, Any]:
    faces = load_faces(ROOT / ".tools" / "fonts", None, ())
    document = six_pages()
    drawn = render(document, faces)
    before = rate(lambda: bare(document, faces, drawn.pages), seconds / 2)
    ours = rate(lambda: render(document, faces), seconds)
    after = rate(lambda: bare(document, faces, drawn.pages), seconds / 2)
    reference = (before + after) / 2
    memory, office = _most_memory(), by_office(document)
    round_ = draft_round(drafts, faces, _progress)
    return {
        "pages": drawn.pages,
        "rate": ours,
        "reference_rate": reference,
        "of_reference": ours / reference,
        "office_rate": office,
        "kilobytes": len(drawn.pdf) / 1000,
        "megabytes": memory,
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0,
        "round_megabytes": _held_memory(),
        **round_,
    }


def _most_memory() -> float:
    """The most this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _held_memory() -> float:
    """What it holds now: making the data of a round took more for a while, and gave it back."""
    told = Path("/proc/self/statm")
    if not told.is_file():
        return _most_memory()
    return int(told.read_text().split()[1]) * resource.getpagesize() / 2**20


def _progress(done: int, whole: int) -> None:
    end = "\n" if done == whole else "\r"
    print(f"  起草并排印 {done}/{whole}", end=end, flush=True)


def show(found: dict[str, Any]) -> None:
    office = found["office_rate"]
    lines = (
        f"督办通知书，{found['pages']} 页：一个核每秒 {found['rate']:.1f} 份（目标 15）",
        f"同样文字不作版式：每秒 {found['reference_rate']:.1f} 份；"
        f"本系统为其 {found['of_reference']:.0%}",
        "LibreOffice（同样文字的 docx 转 PDF）："
        + ("本机没有" if office is None else f"每秒 {office:.2f} 份"),
        f"每份 {found['kilobytes']:.0f} kB（上限 300），"
        f"内存 {found['megabytes']:.0f} MB（上限 250）",
        f"一次调度 {found['drafts']} 份：起草 {found['draft_seconds']:.1f} 秒，"
        f"排印合并 {found['draw_seconds']:.1f} 秒（合计上限 20），"
        f"一个文件 {found['bound_megabytes']:.0f} MB，内存 {found['round_megabytes']:.0f} MB，"
        f"墙上时间 {found['round_wall_seconds']:.1f} 秒，本机负载 {found['load']:.1f}",
    )
    print("\n".join(lines))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.notices", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="短测，不写结果")
    asked = parser.parse_args()
    found = measure(2.0 if asked.quick else SECONDS, 50 if asked.quick else DRAFTS)
    show(found)
    if not asked.quick:
        told = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "goals": GOALS,
            **found,
        }
        RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
