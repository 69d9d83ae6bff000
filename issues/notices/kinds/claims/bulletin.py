"""The counts of the city that a person types, held against the board of a bulletin or the day's.

What no board tells, a place in a ranking or so many rounds running, is not said at all.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from issues.notices.kinds.board import board_of, moved
from issues.notices.kinds.claims.claim import Claim, Facts, Said, row
from issues.notices.kinds.claims.figures import number_of, plain
from issues.notices.kinds.claims.told.coming import may_come
from issues.notices.kinds.shape import BulletinFacts

_COLOURS = {"红": "red", "黄": "yellow", "绿": "green", "销": "closed"}
_KIND = r"(?:[红黄绿](?:[色牌灯]|(?=[红黄绿、和及与]))|已?销号)"
_KINDS = rf"(?P<kinds>{_KIND}(?:[、和及与]?{_KIND}){{0,5}})"
_OF = r"(?P<n>\d+)(?:多|余)?[项件个](?!工作日|月|百分点)"
_COUNT = re.compile(
    rf"{_KINDS}(?:督办)?(?:事项|问题|项目)?(?P<gap>[^，。；：、\d红黄绿]{{0,8}}){_OF}"
)
_AHEAD = re.compile(rf"{_OF}(?P<gap>(?:事项|问题)?(?:为|是|被列为|转为|挂|显示)?){_KINDS}")
_NONE = re.compile(
    r"(?:没有|[没无](?!论)|未出现|未发现|未新增|不存在|已?无)(?P<gap>[^，。；：、\d]{0,4}?)"
    rf"{_KINDS}(?!预警|督办情形)"
)
_TOTAL = re.compile(
    r"(?P<kinds>合计|总计|总数|清单[^，。；：\d红黄绿]{0,4}(?:问题|事项)|(?:问题|事项)(?:总数|数量|数)|"
    rf"(?<!色)(?<!牌)(?:问题|事项)(?=共))(?P<gap>[^，。；：\d红黄绿]{{0,5}}){_OF}"
)
_NAMED = re.compile(rf"(?P<kinds>点名)(?P<gap>[^，。；：\d红黄绿]{{0,8}}){_OF}")
_WHOLE = re.compile("全市|全部|本期|总体|总计|各单位")
_CITY = re.compile("全市|我市")
_MORE, _LESS = re.compile("增|升|多"), re.compile("减|降|少")
_STRANGER = re.compile(
    r"(?:^|[，、：])([\u4e00-\u9fff]{2,10}(?:区|县|局|政府|公司))[的有共现其内]*$"
)
_ORDER = re.compile("[要应须]|请|不超过|控制在|目标|力争|确保")
_SENTENCE = r"[^。；]*"


class Count(NamedTuple):
    """A count as typed: of what, how many, of the whole city or of units, and how it moved.

    `is_of_city`: the clause says 全市.
    """

    words: str
    kinds: str
    number: int
    units: tuple[str, ...]
    moved: int = 0
    is_of_city: bool = False


def _aliases(name: str) -> list[str]:
    short = re.sub("人民政府$", "", name)
    bare = re.sub("(?<=..)[区县市]$", "", short)
    return [name, short, bare]


def _units(text: str, board: BulletinFacts) -> tuple[str, ...]:
    names = [group.get("name", "") for group in board.get("groups") or []]
    return tuple(name for name in names if name and any(one in text for one in _aliases(name)))


def counts_in(sentence: str, board: BulletinFacts) -> Iterator[Count]:
    """Those that are told of how things stand; a unit named before holds for what follows."""
    units: tuple[str, ...] = ()
    before, is_city = "", False
    for part in re.split("[，：]", sentence):
        clause = part
        for pattern in (_COUNT, _NAMED, _TOTAL, _NONE, _AHEAD):
            for found in pattern.finditer(clause):
                here = clause[: found.start()]
                own = _units(here, board) or (() if _WHOLE.search(here) else units)
                if not _is_ordered(before, here, found.group(), clause[found.end() :]):
                    yield _count(found, own)._replace(
                        is_of_city=is_city or bool(_CITY.search(here))
                    )
            clause = pattern.sub(lambda found: "　" * len(found.group()), clause)
        is_city = bool(_CITY.search(part)) or (is_city and not _units(part, board))
        before += part + "，"
        units = _units(part, board) or (() if _WHOLE.search(part) else units)


def _is_ordered(before: str, here: str, words: str, rest: str) -> bool:
    if rest.endswith("的") or rest.startswith(("以上", "以下", "以内", "及以上")):
        return True
    is_ahead = may_come(f"{before}{here}", here) or may_come("", words)
    return is_ahead or bool(_ORDER.search(here + words))


def _count(found: re.Match[str], units: tuple[str, ...]) -> Count:
    parts = found.groupdict()
    number = number_of(parts.get("n") or "0")
    gap = parts["gap"] or ""
    moved = 1 if _MORE.search(gap) else -1 if _LESS.search(gap) else 0
    return Count(found.group(), parts["kinds"], number, units, moved)


def _figure(count: Count, counted: Mapping[str, Any], board: BulletinFacts) -> int | None:
    """What the board has; None where it keeps no such figure."""
    keys = [key for sign, key in _COLOURS.items() if sign in count.kinds]
    if "牌" in count.kinds:
        keys = [f"{key}_cards" for key in keys]
        return None if any(key not in board for key in keys) or count.units else _sum(keys, board)
    return _sum(keys, counted)


def _sum(keys: list[str], counted: Mapping[str, Any]) -> int:
    return sum(counted.get(key, 0) for key in keys)


def _of_units(units: tuple[str, ...], board: BulletinFacts) -> Mapping[str, Any]:
    if not units:
        return board
    groups = [group for group in board.get("groups") or [] if group.get("name") in units]
    return {key: sum(_sum([key], group) for group in groups) for key in _COLOURS.values()}


def _board(facts: Facts) -> BulletinFacts:
    """Its own of a bulletin; of another paper the board of the day, where it tells of the city."""
    return board_of(facts) if facts.get("kind") == "N5" else facts.get("city") or {}


def _is_of_board(count: Count, facts: Facts) -> bool:
    """In a paper that is no bulletin only the city and its units are the board's."""
    return facts.get("kind") == "N5" or count.is_of_city or bool(count.units)


def _known(count: Count, board: BulletinFacts, told: list[int]) -> list[int]:
    """The figures that the typed one may be; none where the board keeps none."""
    counted = _of_units(count.units, board)
    if count.kinds == "点名":
        return [len(board.get("named") or [])]
    if not re.search("[红黄绿]|销号", count.kinds):
        pressing = _sum(["red", "yellow"], counted)
        cards = [] if count.units else [_sum(["red_cards", "yellow_cards"], board), sum(told)]
        return [
            _sum([*_COLOURS.values()], counted),
            pressing,
            *cards,
            len(board.get("named") or []),
        ]
    figure = _figure(count, counted, board)
    if not count.moved or figure is None:
        return [] if figure is None else [figure]
    earlier = board.get("earlier") or []
    if not earlier or count.units or "牌" in count.kinds:
        return []
    return [(figure - (_figure(count, earlier[-1], board) or 0)) * count.moved]


def _wrong_counts(facts: Facts, said: Said) -> str:
    board, told = _board(facts), list[int]()
    if facts.get("kind") != "N5" and not board:
        return ""
    for count in counts_in(said.words, board):
        if not _is_of_board(count, facts):
            continue
        if count.is_of_city and facts.get("centre"):
            return f"县级指挥中心的文书没有全市的数字，不能写“{count.words}”"
        known = _known(count, board, told)
        whole = "本中心督办事项" if facts.get("centre") else "全市"
        of = "、".join(count.units) or whole
        if not known:
            return f"看板没有与“{count.words}”相应的数字（{of}）"
        if count.number not in known:
            had = moved(known[0] * count.moved) if count.moved else f"{known[0]}项"
            return f"所写“{count.words}”与看板不符，看板为{of}{had}"
        told.append(count.number)
    return ""


def _strange_unit(facts: Facts, said: Said) -> str:
    """A count of a unit that the board does not have."""
    board = _board(facts)
    if facts.get("kind") != "N5" and not board:
        return ""
    for clause in re.split("[，：]", said.words):
        found = _COUNT.search(clause)
        name = _STRANGER.search(clause[: found.start()]) if found else None
        if name and not _units(name[1], board) and not re.search("[各全两本]|县区|区县", name[1]):
            return f"看板没有“{name[1]}”的数字"
    return ""


_RANKED = re.compile("排名|位次|末位|垫底|倒数第")
"""Of a place among others, in any paper: 连续 may be of the ticket's own months."""


def _ranked(facts: Facts, said: Said) -> str:
    if facts.get("kind") != "N5" and not _RANKED.match(said.words):
        return ""
    return f"看板没有可以核对“{said.words}”的记录，请删去"


_TOLD = "|".join(
    re.sub(r"\?P<\w+>", "?:", one.pattern) for one in (_COUNT, _AHEAD, _NONE, _TOTAL, _NAMED)
)
_COUNTS = re.compile(_TOLD)


def has_counts(text: str) -> bool:
    """Whether the board of the day is wanted for what a paper says."""
    return bool(_COUNTS.search(plain(text)))


FIGURES: tuple[Claim, ...] = (
    row(
        "通报数字", rf"\A{_SENTENCE}(?:{_TOLD}){_SENTENCE}",
        lambda facts, said: _wrong_counts(facts, said) or _strange_unit(facts, said),
    ),
    row(
        "连续和排名",
        r"连续[^，。；\d]{0,3}(?:\d+|[两二三四五六七八九十多数]+)个?(?:期|次|轮|季度?|月)|"
        r"(?:排名|位次|位列|名列|居)[^，。；]{0,6}(?:末|最后|倒数|垫底|第|前)|末位|垫底|倒数第",
        _ranked,
    ),
)  # fmt: skip
