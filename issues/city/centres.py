"""The letterheads of counties' centres: lines of the set-up page, some for each that stands.

Kept where the papers read them: the issuers and 代字 of the city's words, by the centre's code.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.city.lines import BY_KEY, Line, is_said, lines_of
from issues.city.sections import Section
from issues.city.words import Words
from issues.vocabulary import CENTRE, NoticeKind

PARTS = (
    ("mark", "发文机关标志", "红头上的字；“文件”二字由系统加。不填的用单位全称。", 40),
    ("name", "发文机关全称", "标题、署名和版记中的名称。不填的用单位全称。", 40),
    ("short", "发文机关简称", "正文中的自称。不填的用单位简称。", 20),
)
EVERYBODY = (
    "everybody", "通报主送",
    "县级通报的主送机关，用统称。不填的为本县（区）各乡镇（街道）、各有关单位。", 120,
)  # fmt: skip
KINDS = (NoticeKind.N0, NoticeKind.N1, NoticeKind.N2, NoticeKind.N5)
LONGEST_SERIES = 20


def lines_in(section: Section) -> tuple[Line, ...]:
    """Of any section; one statement for the centres."""
    if section is not Section.CENTRES:
        return lines_of(section)
    return tuple(line for unit in _centres() for line in _lines(unit))


def known_lines() -> Mapping[str, Line]:
    """Every line by its key. One statement."""
    return dict(BY_KEY) | {line.key: line for line in lines_in(Section.CENTRES)}


def are_said(words: Words) -> bool:
    """Whether there are centres, and each line of theirs was said. One statement."""
    lines = lines_in(Section.CENTRES)
    return bool(lines) and all(is_said(line, words) for line in lines)


def _centres() -> Sequence[Unit]:
    rows = select(Unit).where(Unit.kind == CENTRE, Unit.ended_at.is_(None))
    return db.session.scalars(rows.order_by(Unit.position, Unit.id)).all()


def _lines(unit: Unit) -> Iterator[Line]:
    for part, label, why, limit in (*PARTS, EVERYBODY):
        yield Line(
            f"centre_{unit.code}_{part}", f"{unit.short_name}{label}", why, Section.CENTRES,
            "notice_issuers", (unit.code, part), limit=limit,
        )  # fmt: skip
    for kind in KINDS:
        yield Line(
            f"centre_{unit.code}_{kind.value}", f"{unit.short_name}{kind.label}代字",
            "文号为代字〔年份〕序号。不填的用简称加文种。", Section.CENTRES, "notice_series",
            (f"{unit.code} {kind.value}",), limit=LONGEST_SERIES,
            shape=rf"[\u4e00-\u9fff（）]{{2,{LONGEST_SERIES}}}", asks="应是2至20个汉字",
        )  # fmt: skip
