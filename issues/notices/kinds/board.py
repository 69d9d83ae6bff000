"""What a 通报 tells of a board: its figures, its red and yellow tickets, its two charts.

A colour (红色) is what the board shows of a ticket; a card (红牌) is the formal act, and is
counted apart. Every figure is read from the one board of the facts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from issues.notices.kinds.shape import (
    BulletinFacts,
    ColourKey,
    Counted,
    ListedFacts,
    NoticeFactsDoc,
)
from issues.notices.kinds.wording import day, formal
from issues.notices.page.document import Attachment, Chart, Table
from issues.vocabulary import CARDS, Colour

KEYS: tuple[ColourKey, ...] = ("red", "yellow", "green", "closed")
LABELS = tuple(colour.label if colour is Colour.GREY else f"{colour.label}色" for colour in Colour)
PRESSING = tuple(colour.label for colour in CARDS)
TOTAL = "合计"
_HEADS = ("序号", "单位", *LABELS, TOTAL)
_LISTED_HEADS = ("序号", "编号", "事项", "主责单位", "整改时限", "颜色", "督办事由")
_LISTED_WIDTHS = (1.5, 3.0, 5.2, 2.6, 2.8, 1.5, 2.9)
BY_UNIT = "各单位“红黄绿”情况（项）"
OVER_TIME = "历次调度“红黄绿”变化（项）"
LATEST = 6


def board_of(facts: NoticeFactsDoc) -> BulletinFacts:
    return facts.get("bulletin") or {}


def compared(facts: NoticeFactsDoc) -> str:
    """Against the round before; nothing where there was none."""
    board = board_of(facts)
    earlier = board.get("earlier") or []
    if not earlier:
        return ""
    last = earlier[-1]
    told = [
        f"{label}{moved(board.get(key, 0) - last.get(key, 0))}"
        for key, label in zip(KEYS, LABELS, strict=True)
    ]
    return f"与{day(last['on'])}调度相比，{'，'.join(told)}。"


def moved(by: int) -> str:
    if by == 0:
        return "持平"
    return f"增加{by}项" if by > 0 else f"减少{-by}项"


def pressing_told(facts: NoticeFactsDoc) -> list[str]:
    """The red and yellow of the board by unit, its cards, and the tickets a person named."""
    board = board_of(facts)
    listed = board.get("listed") or []
    if listed:
        by_unit = Counter(formal(row.get("unit", "")) for row in listed)
        counted = "，".join(f"{unit}{count}项" for unit, count in by_unit.items())
        told = f"本期红色、黄色事项共{len(listed)}项，按主责单位分：{counted}。{_carded(board)}"
    else:
        told = "本期没有红色、黄色事项。"
    named = board.get("named")
    if named:
        return [told, _named(named)]
    return [f"{told}具体事项及督办事由见附件。" if listed else told]


def _carded(board: BulletinFacts) -> str:
    """Of the red and yellow those a card stands on; nothing where the board kept no cards."""
    if "red_cards" not in board:
        return ""
    counts = (("挂红牌", board["red_cards"]), ("挂黄牌", board["yellow_cards"]))
    said = "、".join(f"{label}{count}项" for label, count in counts if count)
    return f"其中正式{said}。" if said else "均未正式挂牌。"


def _named(named: Sequence[ListedFacts]) -> str:
    by_colour = Counter(row.get("colour", "") for row in named)
    counted = "，".join(
        f"{label}{by_colour[colour.label]}项"
        for colour, label in zip(Colour, LABELS, strict=True)
        if by_colour[colour.label]
    )
    where = "其中红色、黄色事项及督办事由见附件。" if _pressing(named) else ""
    return f"本件点名事项共{len(named)}项：{counted}。{where}"


def _pressing(rows: Sequence[ListedFacts]) -> list[ListedFacts]:
    return [row for row in rows if row.get("colour") in PRESSING]


def pressing_list(facts: NoticeFactsDoc, title: str) -> Attachment | None:
    """The red and yellow of the tickets a person named, else of the board."""
    board = board_of(facts)
    listed = _pressing(board.get("named") or board.get("listed") or [])
    if not listed:
        return None
    rows = tuple(
        (
            str(number),
            row.get("number", ""),
            formal(row.get("title", "")),
            formal(row.get("unit", "")),
            day(row.get("deadline")) or "—",
            row.get("colour", ""),
            "\n".join(row.get("rules") or []) or "—",
        )
        for number, row in enumerate(listed, 1)
    )
    total = ("合计", f"{len(rows)}项") if len(rows) > 1 else ()
    table = Table(_LISTED_WIDTHS, rows, _LISTED_HEADS, aligns="cclcccc", total=total)
    return Attachment(title, (table,))


def disagreements(facts: NoticeFactsDoc) -> list[str]:
    """Every two figures of the bulletin that should be the same and are not."""
    board = board_of(facts)
    return [
        f"通报数字不一致：{one}{count}项，{other}{against}项。"
        for one, count, other, against in _figures_twice(board, len(facts.get("issues") or []))
        if count != against
    ]


def _figures_twice(board: BulletinFacts, named: int) -> Iterator[tuple[str, int, str, int]]:
    """Each figure with the other place that tells it."""
    groups, listed = board.get("groups") or [], board.get("listed") or []
    yield "问题总数", board.get("total", 0), "各色相加", sum(_figures(board))
    for key, label in zip(KEYS, LABELS, strict=True):
        yield label, board.get(key, 0), "各单位相加", sum(group.get(key, 0) for group in groups)
    for key, colour in zip(KEYS, CARDS, strict=False):
        count = sum(row.get("colour") == colour.label for row in listed)
        yield f"{colour.label}色", board.get(key, 0), "清单所列", count
    by_unit = Counter(row.get("unit", "") for row in listed)
    for group in groups:
        name = group.get("name", "")
        both = group.get("red", 0) + group.get("yellow", 0)
        yield f"{name}红色、黄色", both, "清单所列", by_unit[name]
    carded = board.get("red_cards", 0) + board.get("yellow_cards", 0)
    yield "正式挂牌", carded, "其中红色、黄色至多", min(carded, len(listed))
    yield "点名事项", named, "看板所列", len(board.get("named") or [])


def counts_table(facts: NoticeFactsDoc, title: str) -> Attachment | None:
    groups = board_of(facts).get("groups")
    if not groups:
        return None
    rows = []
    for number, group in enumerate(groups, 1):
        figures = _figures(group)
        name = formal(group.get("name", ""))
        rows.append((str(number), name, *map(str, figures), str(sum(figures))))
    rows.append(totals_row(facts))
    table = Table((1.4, 5.4, 1.5, 1.5, 1.5, 1.7, 1.5), tuple(rows), _HEADS, aligns="clccccc")
    return Attachment(title, (table,))


def totals_row(facts: NoticeFactsDoc) -> tuple[str, ...]:
    """The figures of the board itself, those that the text tells."""
    board = board_of(facts)
    return ("", TOTAL, *map(str, _figures(board)), str(board.get("total", 0)))


def charts(facts: NoticeFactsDoc, title: str) -> Attachment | None:
    """By unit, and over the rounds up to this one."""
    board = board_of(facts)
    if not board.get("groups"):
        return None
    names = [formal(group.get("name", "")) for group in board["groups"]]
    rounds = [*(board.get("earlier") or []), board][-LATEST:]
    days = [day(one.get("on")) or "本期" for one in rounds]
    return Attachment(
        title,
        (_chart(BY_UNIT, names, board["groups"]), _chart(OVER_TIME, days, rounds)),
    )


def _chart(title: str, labels: Sequence[str], counted: Sequence[Counted]) -> Chart:
    values = tuple(tuple(_figures(one)) for one in counted)
    return Chart(title, tuple(labels), KEYS, LABELS, values)


def _figures(counted: Counted) -> list[int]:
    return [counted.get(key, 0) for key in KEYS]
