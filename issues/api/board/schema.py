"""The board of a day and the difference of two, as JSON Schemas."""

from issues.api.openapi.words import (
    Schema,
    a_day,
    a_moment,
    array,
    group,
    one_of,
    or_null,
    text,
    whole_number,
)
from issues.api.ticket.schema import BARE, CARD_COUNTS
from issues.vocabulary import CARDS, Rule

_COUNTS: dict[str, Schema] = {
    "red": whole_number("红"),
    "yellow": whole_number("黄"),
    "green": whole_number("绿"),
    "closed": whole_number("已销号"),
}
_TURN = group(
    {
        "number": text("编号"),
        "on": a_day("变色之日"),
        "colour": one_of("变为", CARDS),
        "rule": or_null(one_of("规则", Rule)),
    }
)
BOARD = group(
    {
        "on": a_day("哪一天"),
        "as_of": a_moment("数据截止"),
        "policy": whole_number("规则版本"),
        **_COUNTS,
        "total": whole_number("合计"),
        "groups": array(
            group({"key": text("分组代码"), "name": text("分组名称"), **_COUNTS}), "分组"
        ),
        "cards": array(
            group({"key": text("单位代码"), **CARD_COUNTS["properties"]}), "各单位累计挂牌次数"
        ),
        "campaign": group(
            {
                "name": text("看板单列的批次"),
                "asked": {"type": "object", "title": "台账条件,查出的正是这些事项"},
                **_COUNTS,
                "total": whole_number("合计"),
                "struck": whole_number("已销号,含长期坚持"),
            },
            "看板单列的一批,没有单列时不答",
        ),
        "turning": array(_TURN, "将要变色"),
        "compare": group(
            {"on": a_day("对比之日"), **_COUNTS, "total": whole_number("合计")}, "对比"
        ),
    }
)
BOARD["required"] = [
    name for name in BOARD["required"] if name not in {"cards", "campaign", "compare"}
]
_SHOWN = or_null(one_of("颜色", BARE))
CHANGES = group(
    {
        "on": a_day("到哪一天"),
        "compare": a_day("从哪一天"),
        "pairs": array(
            group({"from": _SHOWN, "to": _SHOWN, "count": whole_number("件数")}), "各种变化的件数"
        ),
        "items": array(
            group(
                {
                    "number": text("编号"),
                    "title": text("事项"),
                    "unit": or_null(text("主责单位")),
                    "from": _SHOWN,
                    "to": _SHOWN,
                    "rules": array(one_of("规则", Rule), "使它变色或不再触发的规则"),
                    "why": array(text("一句话"), "原因"),
                }
            ),
            "变色的事项",
        ),
        "next": or_null(text("下一页")),
        "total": whole_number("变色件数"),
    },
    "两日变化",
)
