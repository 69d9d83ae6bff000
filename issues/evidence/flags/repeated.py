"""Progress reports that say nearly what another one said: one measure, one place that tells.

Two texts are alike by their pairs of neighbouring signs. Pairs by pairs that is slow, so a report
is given a fingerprint when it is written, is compared then with the few that share a part of it,
and what it was found to copy is kept. A page only reads that.

A fingerprint has BANDS parts, each made of ROWS minima of hashes over the pairs. Of two texts
exactly as alike as ALIKE asks, all parts differ once in 80,000 times; at 90 %, once in a hundred
million.
"""

import struct
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b, shake_128
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, bindparam, case, func, insert, or_, select
from sqlalchemy.orm import aliased

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.evidence.flags.flag import Flag
from issues.imprints.writing import touch_rows
from issues.models import Issue, ProgressReport, ReportKey, ReportTwin
from issues.rights.table import reach
from issues.rules.dates.days import written
from issues.vocabulary import FlagKind

ALIKE = 85
"""Per cent of pairs of neighbouring signs in common, from which one text is a copy of the other."""
LEAST_LENGTH = 10
"""Signs beside marks and blanks: “已完成” says the same of everything."""
BANDS, ROWS = 32, 4
MOST_COMPARED, MOST_TWINS = 400, 20
"""Of one report. Both are reached only where very many reports say the same."""
HIDDEN = "其他事项（不在您的查看范围内）"
_LOWEST = struct.Struct(f"<{BANDS * ROWS}I")


def share_alike(one: str, other: str) -> int:
    """0 to 100 by Dice on pairs of neighbouring signs; marks, blanks and widths aside."""
    first, second = _pairs(bare_signs(one)), _pairs(bare_signs(other))
    whole = first.total() + second.total()
    return 200 * (first & second).total() // whole if whole else 0


def share_copied(text: str, model: str) -> int:
    """The same where a text is a copy of its model; 0 where it is not, or either is too short."""
    signs, others = bare_signs(text), bare_signs(model)
    shorter, longer = sorted((len(signs) - 1, len(others) - 1))
    if shorter + 1 < LEAST_LENGTH or 200 * shorter < ALIKE * (shorter + longer):
        return 0  # so unequal in length, they cannot have as many pairs in common
    share = share_alike(text, model)
    return share if share >= ALIKE else 0


@lru_cache(maxsize=4)
def _pairs(signs: str) -> Counter[tuple[str, str]]:
    """One text is compared with many in turn."""
    return Counter(pairwise(signs))


@lru_cache(maxsize=4)
def bare_signs(text: str) -> str:
    """What a text is compared by: marks, blanks and widths aside."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def fingerprint(text: str) -> list[int]:
    """Keys of 64 bits, signed as the databases keep them; none where a text is too short."""
    signs = bare_signs(text)
    if len(signs) < LEAST_LENGTH:
        return []
    met: Counter[str] = Counter()
    hashed = []
    for pair in map("".join, pairwise(signs)):
        met[pair] += 1  # a pair said twice counts twice, as it does in the share
        name = f"{pair}{met[pair]}".encode()
        hashed.append(_LOWEST.unpack(shake_128(name).digest(_LOWEST.size)))
    lowest = [min(column) for column in zip(*hashed, strict=True)]
    bands = (lowest[place : place + ROWS] for place in range(0, len(lowest), ROWS))
    return [_key(band, minima) for band, minima in enumerate(bands)]


def _key(band: int, minima: Sequence[int]) -> int:
    named = blake2b(struct.pack(f"<{ROWS + 1}I", band, *minima), digest_size=8)
    return int.from_bytes(named.digest(), "big", signed=True)


def keep(report: ProgressReport) -> None:
    """Keep the fingerprint of a new report, and the reports it copies. Never commits."""
    keys = fingerprint(report.text)
    if not keys:
        return
    connection = db.session.connection()
    twins = [
        {"report_id": report.id, "twin_id": id_, "share": share}
        for id_, share in _copied(report, keys)
    ]
    if twins:
        connection.execute(_TWINS, twins)
        named = [(report.id, one["twin_id"]) for one in twins]
        touch_rows(ReportTwin, named, is_new=True)
    connection.execute(_KEYS, [{"key": key, "report_id": report.id} for key in keys])


_TWINS, _KEYS = insert(ReportTwin), insert(ReportKey)


def _copied(report: ProgressReport, keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The latest it copies, of its own ticket and of others.

    Those still pending may be returned, and then are no models: the latest confirmed one is among
    them however many are pending.
    """
    kept: Counter[bool] = Counter()
    sure: set[bool] = set()
    for row in _candidates(report, keys):
        is_own, is_sure = row.issue_id == report.issue_id, row.state == "confirmed"
        if kept[is_own] >= MOST_TWINS and (not is_sure or is_own in sure):
            continue
        share = share_copied(report.text, row.text)
        if share:
            kept[is_own] += 1
            sure |= {is_own} if is_sure else set()
            yield row.id, share


def _candidates(report: ProgressReport, keys: Sequence[int]) -> Sequence[Any]:
    """Earlier ones that share a key: of the ticket, of the same unit, or with the same words.

    A returned report is no model: it comes again as it should.
    """
    issue = db.session.get_one(Issue, report.issue_id)
    of = {
        "keys": keys, "report": report.id, "text": report.text, "issue": issue.id,
        "unit": issue.primary_unit_id, "most": MOST_COMPARED,
        "reporter": report.reporter_id,
    }  # fmt: skip
    return db.session.execute(_NEAR, of).all()


_IS_OWN = ProgressReport.issue_id == bindparam("issue")
_REPORTER = aliased(User)
_UNIT_OF_REPORTER = (
    select(_REPORTER.unit_id).where(_REPORTER.id == bindparam("reporter")).scalar_subquery()
)
_NEAR = (
    select(ProgressReport.id, ProgressReport.issue_id, ProgressReport.text, ProgressReport.state)
    .join(Issue, Issue.id == ProgressReport.issue_id)
    .outerjoin(User, User.id == ProgressReport.reporter_id)
    .where(
        ProgressReport.id.in_(
            select(ReportKey.report_id).where(ReportKey.key.in_(bindparam("keys", expanding=True)))
        ),
        ProgressReport.id < bindparam("report"),
        or_(
            _IS_OWN,
            Issue.primary_unit_id == bindparam("unit"),
            ProgressReport.text == bindparam("text"),
            User.unit_id == _UNIT_OF_REPORTER,
        ),
        ProgressReport.state != "returned",
    )
    .order_by(_IS_OWN.desc(), ProgressReport.id.desc())
    .limit(bindparam("most"))
)
"""Put together once: asked with each report that is made."""


def flags(issue: Issue, reader: Actor) -> Iterator[Flag]:
    """One for each report of the ticket that is a copy, in their order. One statement.

    Of what it copies, the latest of another ticket is named, else the latest of its own.
    """
    own, copied = aliased(ProgressReport), aliased(ProgressReport)
    latest = func.max(case((copied.issue_id != issue.id, copied.id)))
    chosen = (
        select(ReportTwin.report_id, func.coalesce(latest, func.max(copied.id)).label("twin_id"))
        .join(own, own.id == ReportTwin.report_id)
        .join(copied, copied.id == ReportTwin.twin_id)
        .where(own.issue_id == issue.id, copied.state != "returned")
        .group_by(ReportTwin.report_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            own.id, own.on, copied.id.label("twin_id"), copied.on.label("twin_on"),
            copied.issue_id, ReportTwin.share, Issue.number, reach(reader).label("is_seen"),
        )
        .select_from(chosen)
        .join(ReportTwin, and_(ReportTwin.report_id == chosen.c.report_id,
                               ReportTwin.twin_id == chosen.c.twin_id))
        .join(own, own.id == chosen.c.report_id)
        .join(copied, copied.id == chosen.c.twin_id)
        .join(Issue, Issue.id == copied.issue_id)
        .order_by(own.id)
    )  # fmt: skip
    for row in rows:
        yield _flag(row, is_own=row.issue_id == issue.id)


def _flag(row: Any, *, is_own: bool) -> Flag:
    named = row.number if row.is_seen else ""
    where = "本事项" if is_own else named or HIDDEN
    when = f"于{written(row.twin_on)}" if is_own or named else ""
    because = f"{written(row.on)}的进展描述与{where}{when}的填报几乎相同（相似度{row.share}%）"
    return Flag(
        FlagKind.REPEATED_TEXT,
        because,
        twin="" if is_own else named,
        report_id=row.id,
        twin_id=row.twin_id,
        on=row.on,
    )
