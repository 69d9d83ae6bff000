"""Whether two wordings name one measured item or one unit. Unknown ones are as they are written."""

from issues.ground import signs
from issues.rules.targets.units import UNITLESS

SAME = (
    ("氨氮", "NH3-N", "NH₃-N"), ("化学需氧量", "COD", "CODcr"), ("总磷", "TP"), ("总氮", "TN"),
    ("五日生化需氧量", "BOD5", "BOD"), ("高锰酸盐指数", "CODMn"), ("溶解氧", "DO"),
    ("悬浮物", "SS"),
    ("PM2.5", "细颗粒物"), ("PM10", "可吸入颗粒物"), ("二氧化硫", "SO2"), ("氮氧化物", "NOx"),
    ("非甲烷总烃", "NMHC"), ("pH", "pH值", "酸碱度"),
)  # fmt: skip
NO_UNIT = UNITLESS


def _plain(text: str) -> str:
    return "".join(signs.folded(text).casefold().split())


_FIRST = {_plain(name): _plain(names[0]) for names in SAME for name in names}


def is_same_item(one: str, other: str) -> bool:
    return _item(one) == _item(other)


def _item(name: str) -> str:
    plain = _plain(name)
    return _FIRST.get(plain, plain)


def is_same_unit(one: str, other: str) -> bool:
    """However its signs are written: `µg/m3`, `μg/m³`, `毫克/升` is another word."""
    plain = [_plain(word) for word in (one, other)]
    return plain[0] == plain[1] or {one.strip(), other.strip()} <= {*NO_UNIT}
