"""Places in a text: the county behind a label, and townships and villages that it mentions."""

from collections.abc import Iterator, Sequence

from issues.territory.gazetteer import Gazetteer, Known as Place, lies_in
from issues.texts.labels import Told
from issues.texts.record import Draft, Known, Places
from issues.vocabulary import RegionKind

BELOW = (RegionKind.TOWNSHIP, RegionKind.VILLAGE, RegionKind.GRID, RegionKind.RIVER)
SHORTEST, MOST_NAMED = 3, 5
"""A name of two signs is part of too many words."""


class Below:
    """Every place below the counties, found by its name wherever it stands in a text."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        named = (one.name for one in gazetteer.by_code.values() if one.kind in BELOW)
        self._names = {name for name in named if len(name) >= SHORTEST}
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def names_in(self, text: str) -> Iterator[str]:
        """Each name once, the longest at its place."""
        seen, at = set[str](), 0
        while at < len(text):
            cut = (text[at : at + length] for length in self._lengths)
            name = next((one for one in cut if one in self._names), "")
            if name and name not in seen:
                seen.add(name)
                yield name
            at += len(name) or 1


def take(draft: Draft, told: Sequence[Told], known: Known) -> None:
    """The region behind its label: a county, or a place in one."""
    for one in told:
        if draft.region or not one.text:
            continue
        code = known.directory.region(one.text)
        below = [] if code or known.below is None else known.below.gazetteer.find(one.text)
        county = known.below.gazetteer.county(below[0]) if known.below and len(below) == 1 else ""
        if code:
            draft.region = code
        elif county:
            draft.region, draft.township = county, below[0].code
            for name in ("region", "township"):
                draft.guess(name, f"原文写的是“{one.text[:40]}”，按它所在的县（区）")
        else:
            draft.guess("region", f"“{one.text[:40]}”不是名录中的县（区），没有采用")


def county_of(draft: Draft, known: Known) -> tuple[str, str]:
    """The one county in which all places lie that the text mentions, and the name of one."""
    if known.below is None:
        return "", ""
    found = list(_found(draft, known.below, ""))
    counties = {known.below.gazetteer.county(one) for _, places in found for one in places}
    return (counties.pop(), found[0][0]) if len(counties) == 1 else ("", "")


def settle(draft: Draft, known: Known) -> None:
    """The smallest place in its region that it mentions, where all it mentions lead there."""
    if draft.township or known.below is None or draft.region == known.directory.city_code:
        return
    found = [(name, places[0]) for name, places in _found(draft, known.below, draft.region)
             if len(places) == 1]  # fmt: skip
    if not found:
        return
    name, deepest = max(found, key=lambda one: len(one[1].path))
    if all(lies_in(deepest, one) for _, one in found):
        draft.township = deepest.code
        draft.guess("township", f"从文中的“{name}”读出")
    else:
        named = "、".join(name for name, _ in found[:MOST_NAMED])
        draft.guess("township", f"文中有几处地名（{named}），没有采用，请选择")


def _found(draft: Draft, below: Places, region: str) -> Iterator[tuple[str, list[Place]]]:
    for name in below.names_in(f"{draft.title}\n{draft.problem}"):
        places = [one for one in below.gazetteer.find(name, region) if one.kind in BELOW]
        if places:
            yield name, places
