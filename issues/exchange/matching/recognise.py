"""Which sheet of a workbook is the ledger, and by which layout it is read."""

from collections.abc import Sequence
from typing import NamedTuple

from issues.exchange.matching.columns import ALIKE, Headings, columns_of, fit, lacking
from issues.exchange.matching.headings import guess
from issues.exchange.matching.match import Match
from issues.exchange.reading.layouts import Columns, find_columns
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.unit_names import Directory
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import Sheet
from issues.ground.present import present

NO_HEADING = (
    "没有找到台账的表头：应有存在问题、责任单位、整改时限、整改措施等栏目，请检查是否选错了文件"
)
UNKNOWN = f"{NO_HEADING}；是台账的，请在“导入台账”页上传，指明一次各栏是什么，以后自动识别"


class UnknownHeading(UnreadableWorkbook):
    """There is a table, and nobody has said yet what its columns are."""


class Found(NamedTuple):
    """`by`: the kept layout it was recognised by, without anybody naming it."""

    sheet: Sheet
    columns: Columns
    profile: Profile
    by: str = ""


def which(
    sheets: Sequence[Sheet],
    profile: Profile | None,
    kept: Sequence[Profile],
    directory: Directory,
) -> Found:
    """Raises UnreadableWorkbook, and UnknownHeading where a person could say what is what.

    The layout that the profile names; else a kept one that fits, or one of the product's own: what
    a profile of constants stands beside is read by the product's own first, as it always was.
    """
    said = profile or Profile()
    if said.match:
        return _by_match(sheets, said.match, said, directory)
    own = next(((s, columns) for s in sheets if (columns := find_columns(s))), None)
    if own and profile:
        return Found(*own, said)
    if found := _by_kept(sheets, said, kept, directory):
        return found
    if own:
        return Found(*own, said)
    if any(guess(sheet) for sheet in sheets):
        raise UnknownHeading(UNKNOWN)
    raise UnreadableWorkbook(NO_HEADING)


def _by_match(
    sheets: Sequence[Sheet], match: Match, profile: Profile, directory: Directory
) -> Found:
    in_order = sorted(sheets, key=lambda sheet: sheet.name != match.sheet)
    known = [Headings(sheet) for sheet in in_order]
    for sheet, headings in zip(in_order, known, strict=True):
        if place := fit(headings, match):
            return Found(sheet, columns_of(sheet, match, place.first, directory), profile)
    names = "、".join(f"“{key}”" for key in lacking(known, match)[:3])
    raise UnknownHeading(f"表头与格式“{match.name}”对不上：没有{names}一栏，请重新指明各栏的内容")


def _by_kept(
    sheets: Sequence[Sheet], said: Profile, kept: Sequence[Profile], directory: Directory
) -> Found | None:
    """The likest; of two alike the one that was kept last."""
    known = [Headings(sheet) for sheet in sheets]
    fits = [
        (place.likeness, match.sheet == headings.sheet.name, -at, number, place.first)
        for number, profile in enumerate(kept)
        if (match := profile.match)
        for at, headings in enumerate(known)
        if (place := fit(headings, match)) and place.likeness >= ALIKE
    ]
    if not fits:
        return None
    *_, at, number, first = max(fits)
    profile, sheet = kept[number], sheets[-at]
    match = present(profile.match, "a layout that fits")
    columns = columns_of(sheet, match, first, directory)
    return Found(sheet, columns, said.over(profile), match.name)
