"""What most cities say, made from the city's name: a proposal until somebody saves it."""

from collections.abc import Mapping
from typing import Any

from issues.city.words import ENDINGS, stem_of
from issues.search.initials import spellings

LAW = "《中华人民共和国环境保护法》"
INSPECTION = "《中央生态环境保护督察工作规定》"
SERIES_OF_OFFICE = {
    "n0": "交", "n1": "提", "n2": "督", "n3": "督", "n4": "约", "n5": "通", "n8": "函",
    "n5_report": "专报",
}  # fmt: skip
SERIES_OF_COMMITTEE = {"n6": "督", "n7": "移"}
FEWEST, MOST = 2, 4


def proposals(city: str, place: str = "") -> Mapping[str, Any]:
    """By the key of a line. Of a city that has not said its name, that of the places' city."""
    stem = stem_of(city)
    if not stem:
        return {"city": place} if place else {}
    level = city[-1] if city[-1] in ENDINGS else ""
    committee = f"{city}生态环境保护委员会"
    head = f"{stem[0]}环委"
    return {
        "number_prefix": _prefix(stem),
        "office_mark": f"{committee}办公室",
        "office_name": f"{committee}办公室",
        "office_short": f"{level}环委办",
        "committee_mark": committee,
        "committee_name": committee,
        "committee_short": f"{level}环委会",
        **{f"series_{key}": f"{head}办{word}" for key, word in SERIES_OF_OFFICE.items()},
        **{f"series_{key}": f"{head}{word}" for key, word in SERIES_OF_COMMITTEE.items()},
        "basis": [LAW],
        "basis_inspection": INSPECTION,
        "everybody": f"各县（区）人民政府，各管理委员会，{level}级有关部门",
        "discipline": f"中共{city}纪律检查委员会机关",
        "report_to": [f"{level}{body}" for body in ("委", "人大常委会", "政府", "政协")],
    }


def _prefix(stem: str) -> str:
    """The initials as they are usually read: MY of 绵阳."""
    ways = [one.line.upper() for one in spellings(stem) if len(one.line) == len(stem)]
    fits = bool(ways) and FEWEST <= len(stem) <= MOST and ways[0].isascii() and ways[0].isalpha()
    return ways[0] if fits else ""
