"""What a 通报 tells of a round: its figures, its red and yellow tickets, its two charts."""

from collections import Counter
from collections.abc import Sequence

from issues.notices.kinds.enclosures import issue_list
from issues.notices.kinds.shape import BulletinFacts, ColourKey, Counted, NoticeFactsDoc
from issues.notices.kinds.wording import day, formal
from issues.notices.page.document import Attachment, Chart, Table

_HEADS = ("序号", "单位", "红", "黄", "绿", "已销号", "合计")
_LISTED_HEADS = ("序号", "编号", "事项", "主责单位", "整改时限", "颜色", "触发规则")
_LISTED_WIDTHS = (1.5, 3.0, 5.2, 2.6, 2.8, 1.5, 2.9)
KEYS: tuple[ColourKey, ...] = ("red", "yellow", "green", "closed")
LABELS = ("红牌", "黄牌", "绿牌", "已销号")
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
        f"{label}{_moved(board.get(key, 0) - last.get(key, 0))}"
        for key, label in zip(KEYS, LABELS, strict=True)
    ]
    return f"与{day(last['on'])}调度相比，{'，'.join(told)}。"


def _moved(by: int) -> str:
    if by == 0:
        return "持平"
    return f"增加{by}项" if by > 0 else f"减少{-by}项"


def cards_told(facts: NoticeFactsDoc) -> list[str]:
    units = [formal(name) for name in _units_of_cards(facts)]
    if not units:
        return ["本期没有红牌、黄牌事项。"]
    by_unit = "，".join(f"{unit}{count}项" for unit, count in Counter(units).items())
    return [
        f"本期红牌、黄牌事项共{len(units)}项，按主责单位分：{by_unit}。具体事项及触发规则见附件。"
    ]


def _units_of_cards(facts: NoticeFactsDoc) -> list[str]:
    if facts.get("issues"):
        return [issue.get("primary_unit", "") for issue in facts["issues"]]
    return [row.get("unit", "") for row in board_of(facts).get("listed") or []]


def card_list(facts: NoticeFactsDoc, title: str) -> Attachment | None:
    """Of the tickets a person named, else of the round's."""
    if facts.get("issues"):
        return issue_list(facts, title)
    listed = board_of(facts).get("listed")
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
    return Attachment(title, (Table(_LISTED_WIDTHS, rows, _LISTED_HEADS, aligns="cclcccc"),))


def counts_table(facts: NoticeFactsDoc, title: str) -> Attachment | None:
    groups = board_of(facts).get("groups")
    if not groups:
        return None
    rows = []
    for number, group in enumerate(groups, 1):
        figures = _figures(group)
        name = formal(group.get("name", ""))
        rows.append((str(number), name, *map(str, figures), str(sum(figures))))
    table = Table((1.4, 5.4, 1.5, 1.5, 1.5, 1.7, 1.5), tuple(rows), _HEADS, aligns="clccccc")
    return Attachment(title, (table,))


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
