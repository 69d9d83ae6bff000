"""What a ledger says otherwise than the register: at this moment, or when a large one was compared.

Of a large one each difference is looked at once more before it is taken over.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import current_app

from issues.colour.policies import policy_on
from issues.exchange import judging, uploads
from issues.exchange.aliases import unit_names
from issues.exchange.differences.comparing import compare_with_register
from issues.exchange.differences.difference import Comparison, Difference
from issues.exchange.importing import read_workbook
from issues.exchange.reading.constants import profile_of
from issues.exchange.reading.unit_names import Directory
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.models import LedgerImport
from issues.web.exchange import large
from issues.works import readings
from issues.works.readings import TAKEN

COMPARE_FIRST = "这份工作簿要先在后台与台账比对，请返回差异页开始。"


class Found(NamedTuple):
    """`at`: when it was compared, where that is not now."""

    comparison: Comparison
    at: datetime | None = None


def found_in(row: LedgerImport) -> Found | None:
    """None of a large one that is to be compared first."""
    if judging.is_large(row):
        kept = large.compared(row)
        return Found(*kept) if kept else None
    today = clock.today()
    content = uploads.content(current_app.extensions["evidence"], row.sha256)
    understood = read_workbook(content, profile_of(row.report["profile"]), today)
    directory, policy = Directory(unit_names()), policy_on(today)[1]
    return Found(compare_with_register(understood, directory, policy))


def surely_in(row: LedgerImport) -> Comparison:
    """Raises WrongStatus."""
    found = found_in(row)
    if found is None:
        raise WrongStatus(COMPARE_FIRST)
    return found.comparison


def refused_in(row: LedgerImport) -> frozenset[str]:
    """The codes of the differences that somebody has looked at and refused."""
    return frozenset(row.report.get("refused", ()))


def settled_in(row: LedgerImport) -> frozenset[str]:
    """Those, and the ones taken over since a large one was compared."""
    return refused_in(row) | frozenset(row.report.get(TAKEN, ()))


def still_there(row: LedgerImport, chosen: Sequence[Difference]) -> list[Difference]:
    """Those of the chosen that are so at this moment. Raises WrongStatus."""
    if not judging.is_large(row):
        return list(chosen)
    reading = large.reading_of(row)
    if reading is None:
        raise WrongStatus(COMPARE_FIRST)
    now = {one.code: one for one in readings.anew(reading, chosen, clock.today())}
    return [now[one.code] for one in chosen if one.code in now]


def note_taken(row: LedgerImport, done: Sequence[Difference]) -> None:
    """Never commits."""
    if judging.is_large(row) and done:
        codes = {*row.report.get(TAKEN, ()), *(one.code for one in done)}
        judging.say(row, **{TAKEN: sorted(codes)})
