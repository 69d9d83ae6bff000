"""The layouts that workbooks are recognised by: seen, changed, ended, taken along as files."""

import io

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from issues.exchange.aliases import unit_names
from issues.exchange.matching import kept
from issues.exchange.matching.match import Match
from issues.exchange.matching.sample import STANDARD, sample
from issues.exchange.reading.constants import constants_in, profile_of, with_layout
from issues.exchange.reading.profile import ProfileError
from issues.ground.refusals import Incomplete, Refusal
from issues.models import LedgerLayout
from issues.queries.ground.paging import page_asked
from issues.queries.register import imports as queries
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.exchange import layout_form
from issues.web.exchange.import_preview import XLSX

blueprint = Blueprint("layouts", __name__)
TOML = "application/toml"


@blueprint.get("/issues/layouts")
@requires(Right.IMPORT)
def listed() -> str:
    return render_template(
        "exchange/layouts.html",
        layouts=queries.layouts(page_asked(request.args.get("page", ""))),
        link=lambda to: url_for("layouts.listed", page=to),
    )


@blueprint.get("/issues/layouts/<int:layout_id>")
@requires(Right.IMPORT)
def show(layout_id: int) -> str:
    return _draw(kept.load(layout_id))


def _draw(row: LedgerLayout, refusal: Refusal | None = None) -> str:
    match = _match(row)
    places = dict(enumerate(match.columns))
    chosen = layout_form.chosen(places, refusal) or {
        place: layout_form.both(match.columns[key]) for place, key in places.items()
    }
    return render_template(
        "exchange/layout.html",
        layout=row,
        columns=[
            layout_form.Choice(place, key, "", [], "", *chosen[place])
            for place, key in places.items()
        ],
        choices=layout_form.CHOICES,
        refusal=refusal,
        form=layout_form.drawn(refusal, constants_in(row.document) | {"name": row.name}),
    )


def _again(refusal: Refusal, layout_id: int) -> str:
    return _draw(kept.load(layout_id), refusal)


def _match(row: LedgerLayout) -> Match:
    profile = profile_of(row.document)
    return (profile and profile.match) or Match(row.name, {})


@blueprint.post("/issues/layouts/<int:layout_id>")
@requires(Right.IMPORT)
@acting(_again)
def change(layout_id: int) -> ResponseReturnValue:
    row = kept.load(layout_id, for_change=True)
    match = _match(row)
    columns = layout_form.read_columns(dict(enumerate(match.columns)))
    said = layout_form.read_constants()
    name = said["name"]
    new = Match(
        name, {key: columns[place] for place, key in enumerate(match.columns)}, match.sheet,
        match.heading_rows, match.rows_between,
    )  # fmt: skip
    try:
        told = with_layout(row.document, new, said)
    except ProfileError as wrong:
        raise Incomplete({"constants": [wrong.sentence]}) from None
    kept.change(row, actor(), name, told, forms.number("version"))
    flash(f"格式《{name}》已修改，以后的导入按新的内容识别", "success")
    return redirect(url_for("layouts.show", layout_id=layout_id), 303)


@blueprint.post("/issues/layouts/<int:layout_id>/end")
@requires(Right.IMPORT)
@acting(_again)
def end(layout_id: int) -> ResponseReturnValue:
    row = kept.load(layout_id, for_change=True)
    kept.end(row, actor())
    flash(f"格式《{row.name}》已停用，不再用它识别工作簿", "success")
    return redirect(url_for("layouts.listed"), 303)


@blueprint.get("/issues/layouts/<int:layout_id>.toml")
@requires(Right.IMPORT)
def toml(layout_id: int) -> Response:
    row = kept.load(layout_id)
    content = io.BytesIO(row.document.encode())
    return send_file(content, TOML, as_attachment=True, download_name=f"{row.name}.toml")


@blueprint.get("/issues/layouts/<int:layout_id>.xlsx")
@requires(Right.IMPORT)
def workbook(layout_id: int) -> Response:
    """An empty workbook in this layout, to be filled in."""
    row = kept.load(layout_id)
    return _sent(_match(row), row.name)


@blueprint.get("/issues/layouts/standard.xlsx")
@requires(Right.IMPORT)
def standard() -> Response:
    """The same in the product's own layout."""
    return _sent(STANDARD, STANDARD.name)


def _sent(match: Match, name: str) -> Response:
    content = io.BytesIO(sample(match, unit_names()))
    return send_file(content, XLSX, as_attachment=True, download_name=f"{name}-空表.xlsx")
