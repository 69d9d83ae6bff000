"""What a workbook is understood as, drawn before it is imported: cells, columns, tickets."""

from typing import Any, NamedTuple

from flask import current_app, render_template, request, url_for

from issues.act_fields import Field
from issues.exchange import judging, uploads
from issues.exchange.importing import understand_workbook
from issues.exchange.matching.recognise import UnknownHeading
from issues.exchange.pictures.choosing import Choice, choice_of
from issues.exchange.reading.constants import FIELDS, profile_of
from issues.exchange.reading.items import ItemRead, PictureRead, Understood
from issues.exchange.reading.profile import STARTS, Profile
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.models import LedgerImport
from issues.queries.ground.paging import page_asked, pages_of, within
from issues.queries.register import imports as queries
from issues.rights.table import Right, holds
from issues.vocabulary import EvidenceKind, Source, Status
from issues.web.door import drawing
from issues.web.door.guards import actor
from issues.web.exchange import alike_panel, large, layout_form, match
from issues.web.exchange.campaigns import draw_report

READ_FIRST = "这份工作簿要先重新识别，请返回导入页。"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_PAGE = 50
MOST_ERRORS_SHOWN = MOST_NOTICES_SHOWN = 200
_TYPES = {
    "source": ("choice", "表中没有来源一栏，全部问题记为这一来源"),
    "assigned_on": ("date", "全部问题记为这一天交办"),
    "region": ("region", "责任单位中写明县（区）的按写明的，其余记为这里"),
    "responsible": ("choice", "表中没有责任单位一栏，由所在县（区）或这里所选单位负责"),
    "acceptance": ("unit", "默认由牵头单位验收；牵头单位就是主责单位的，由这里所选单位验收"),
    "deadline_days": ("integer", "自交办之日起的天数"),
}
CONSTANTS = tuple(
    Field(
        name, _TYPES[name][0], heading, hint=_TYPES[name][1],
        choices=tuple(Source.choices()) if name == "source" else (),
    )
    for heading, name in FIELDS.items()
)  # fmt: skip


WANTED = (("yes", "收入为佐证"), ("no", "不收入"))
PICTURES = Field("wanted", "choice", "图片作为佐证收入", choices=WANTED, asks="请选择图片是否收入")


class Shown(NamedTuple):
    """A picture as it is offered. `n` is its place among those of the sheet."""

    n: int
    picture: PictureRead
    kind: EvidenceKind
    is_taken: bool


def is_to_be_read(row: LedgerImport) -> bool:
    """A large one that nobody has read as it is told now."""
    return judging.is_large(row) and large.reading_of(row) is None


def shown_as(row: LedgerImport) -> Understood:
    """What the page shows of it. Raises Incomplete where no ledger can be read from it."""
    if judging.is_large(row):
        if (reading := large.reading_of(row)) is None:
            raise Incomplete({}, READ_FIRST)
        return reading.understood
    told = profile_of(row.report["profile"])
    try:
        return understand_workbook(content_of(row), told, clock.today(), is_apart_left=True)
    except UnreadableWorkbook as wrong:
        raise Incomplete({"workbook": [wrong.sentence]}) from None


def content_of(row: LedgerImport) -> bytes:
    return uploads.content(current_app.extensions["evidence"], row.sha256)


def draw(row: LedgerImport, refusal: Refusal | None = None) -> str:
    """What is known of it; where nobody has said what its columns are, the page that asks."""
    if row.confirmed_at is not None:
        return draw_report(row)
    if judging.is_large(row):
        return _draw_large(row, refusal)
    told = row.report["profile"]
    try:
        understood = understand_workbook(
            content_of(row), profile_of(told), clock.today(), is_apart_left=True
        )
    except UnknownHeading:
        return match.draw(row, refusal)
    except UnreadableWorkbook as wrong:
        raise Incomplete({"workbook": [wrong.sentence]}) from None
    return _preview(row, understood, refusal)


def _draw_large(row: LedgerImport, refusal: Refusal | None) -> str:
    reading = large.reading_of(row)
    if reading is not None:
        return _preview(row, reading.understood, refusal)
    is_asked = judging.is_unknown(row) and large.under_way(row) is None
    return match.draw(row, refusal) if is_asked else large.draw(row, refusal)


def _preview(row: LedgerImport, understood: Understood, refusal: Refusal | None) -> str:
    known = queries.units()
    profile = profile_of(row.report["profile"]) or Profile()
    total = len(understood.items)
    page = within(page_asked(request.args.get("page", "")), total, A_PAGE)
    choice = choice_of(row)
    wanted = {None: "", True: "yes", False: "no"}[choice.wanted]
    return render_template(
        "exchange/import_preview.html",
        pictures=_pictures(understood, choice),
        pictures_asked=drawing.drawn((PICTURES,), refusal, {"wanted": wanted})["wanted"],
        kinds=EvidenceKind.choices(),
        alike=alike_panel.draw(understood, row.id, refusal),
        upload=row,
        understood=understood,
        refusal=refusal,
        constants=_constants(understood, known, refusal),
        called={unit.code: unit.short_name for unit in known},
        errors=understood.errors[:MOST_ERRORS_SHOWN],
        notices=understood.notices[:MOST_NOTICES_SHOWN],
        items=understood.items[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        pages=pages_of(total, A_PAGE),
        link=lambda to: url_for("exchange.show", upload_id=row.id, page=to),
        starts=[(one.value, one.label) for one in STARTS],
        start=profile.start,
        start_of=lambda item: profile.start_of(item.row),
        is_open=is_open,
        may_alias=holds(actor(), Right.ALIASES),
        matched=profile.match.name if profile.match else "",
    )


def _pictures(understood: Understood, choice: Choice) -> dict[int, list[Shown]]:
    """By the row of their ticket."""
    found: dict[int, list[Shown]] = {}
    for n, one in enumerate(understood.pictures):
        shown = Shown(n, one, choice.kind_of(one), choice.takes(one))
        found.setdefault(one.row, []).append(shown)
    return found


def is_open(item: ItemRead) -> bool:
    """Whether somebody may say where a ticket begins: the sheet does not."""
    return item.status is Status.RECTIFYING and not item.interim and not item.stage


def _constants(understood: Understood, known: Any, refusal: Refusal | None) -> list[drawing.Drawn]:
    """The fields of the form that stands in for columns the sheet lacks."""
    units = [(unit.code, unit.short_name) for unit in known]
    lists = {
        "region": queries.regions(),
        "acceptance": units,
        "responsible": [layout_form.COUNTY_ANSWERS, *units],
    }
    missing = [field for field in CONSTANTS if field.label in understood.missing]
    return list(drawing.drawn(missing, refusal, choices=lists).values())
