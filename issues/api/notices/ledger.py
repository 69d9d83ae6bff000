"""The 发文登记簿, and whether its series of numbers are whole."""

from dataclasses import fields, replace

from flask import Blueprint, Response, request

from issues.api.door import sent
from issues.api.door.answers import after, cut, limit, page
from issues.api.notices import shapes
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.ground import clock
from issues.queries.notices.ledger import entries as queries, series as numbers
from issues.queries.notices.ledger.entries import Entry, LedgerFilters
from issues.queries.notices.ledger.series import Series
from issues.queries.notices.points import phrases
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.papers.lines import line_of

blueprint = Blueprint("notice_ledger", __name__)
TAG = "督办文书"
KNOWN = frozenset(field.name for field in fields(LedgerFilters))
QUERY = listed(
    {
        "year": ("integer", "签发年度"),
        "series": ("string", "编号序列，即代字和年份，如 甲督〔2025〕"),
        "kind": ("string", "种类"),
        "unit": ("string", "主送单位的代码"),
        "state": ("string", "，".join(f"{key} {said}" for key, said in queries.STATES.items())),
        "q": ("string", "文号、标题、单位、姓名或事项编号"),
        "sort": ("string", "、".join(queries.SORTS)),
        "order": ("string", "asc 或 desc"),
    }
)


@blueprint.get("/notices/ledger")
@describes(TAG, "发文登记簿：取得文号的文书，作废的在内", answer=Listing(shapes.Entry), query=QUERY)
@requires(Right.NOTICES)
def index() -> Response:
    sent.refuse_unknown(KNOWN)
    begin, size = after(), limit()
    filters = replace(LedgerFilters.from_args(request.args), limit=str(size), page="")
    found = queries.find(replace(filters, after=str(begin)), actor(), clock.today())
    told = phrases((one.notice for one in found.entries), clock.today())
    return page([_shape(one, told) for one in found.entries], found.next, found.total)


def _shape(entry: Entry, told: dict[int, str]) -> shapes.Entry:
    line = line_of(entry, clock.today(), told.get(entry.notice.id, ""))
    numbers_of = [issue.number for issue in entry.notice.issues]
    return shapes.Entry.of(
        entry.notice, issues=numbers_of, addressee=line.unit, signer=line.signer,
        name=line.kind, points=line.points,
    )  # fmt: skip


@blueprint.get("/notices/series")
@describes(TAG, "各编号序列是否连续", answer=Listing(shapes.Series), query=listed())
@requires(Right.NOTICES)
def series() -> Response:
    sent.refuse_unknown(frozenset({"after", "limit"}))
    return cut(numbers.series(actor()), _series)


def _series(one: Series) -> shapes.Series:
    return shapes.Series.of(
        one, void=list(one.void), missing=list(one.missing), beyond=list(one.beyond)
    )
