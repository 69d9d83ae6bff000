"""What a ticket says of where it lies below its county: read from words, within the county."""

from issues.ground.refusals import Incomplete
from issues.models import Issue
from issues.territory.gazetteer import Gazetteer

FIELD = "township"
LEFT_BEHIND = "原填的乡镇（街道）不在这个行政区域内，请一并更改"


class Unplaced(ValueError):
    """Words that name no one place there; the text is the Chinese sentence."""


def code_of(words: str, county: str, known: Gazetteer) -> str:
    """By code or name, of a place below the county or zone. Raises Unplaced."""
    found = [one for one in known.find(words, county) if one.code != county]
    if len(found) > 1:
        raise Unplaced(f"这里有{len(found)}处叫“{words[:30]}”，请写成“某镇某村”或填代码")
    if not found:
        told = known.by_code.get(county)
        raise Unplaced(f"{told.name if told else '所选行政区域'}没有名为“{words[:30]}”的下级区域")
    return found[0].code


def place(issue: Issue, given: dict[str, object]) -> None:
    """Write what was told of it; one that stands there goes with its county. Raises Incomplete."""
    words = str(given.get(FIELD) or "")
    if FIELD in given and not words:
        issue.township = ""
        return
    told = words or issue.township
    if not told or not given.keys() & {FIELD, "region"}:
        return
    try:
        issue.township = code_of(told, issue.region, Gazetteer.read())
    except Unplaced as wrong:
        at, said = (FIELD, str(wrong)) if words else ("region", LEFT_BEHIND)
        raise Incomplete({at: [said]}) from None
