"""Whole numbers of an address that pages and the API ask alike: one that is wrong is told.

Taken for none it would silently widen the answer, and the reader would take the figures of another
year for those that were asked for.
"""

from collections.abc import Collection

from flask import request

from issues.ground import clock, signs
from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete

FIRST_YEAR, LAST_YEAR = 2000, 2999
MONTHS, QUARTERS = 12, 4


class WrongAddress(Incomplete):
    heading = "网址中的条件有误"

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__({name: [sentence]}, "没有列出结果。请更正网址，或从页面上重新选择。")


def year() -> int:
    """That of the address, else this one. Raises WrongAddress."""
    found = number("year", "年度", FIRST_YEAR, LAST_YEAR)
    return clock.today().year if found is None else found


def quarter() -> int | None:
    return number("quarter", "季度", 1, QUARTERS)


def month() -> int | None:
    return number("month", "月份", 1, MONTHS)


def number(name: str, label: str, least: int, most: int) -> int | None:
    """None where the address says nothing under this name. Raises WrongAddress."""
    raw = signs.bare(request.args.get(name, "")).strip()
    if not raw:
        return None
    found = whole(raw, least, most)
    if found is None:
        raise WrongAddress(name, f"{label}应是{least}到{most}的整数")
    return found


def one_of(name: str, label: str, known: Collection[str]) -> str:
    """One of the known codes, empty where nothing is said. Raises WrongAddress."""
    raw = signs.bare(request.args.get(name, "")).strip()
    if raw and raw not in known:
        raise WrongAddress(name, f"没有这样的{label}")
    return raw
