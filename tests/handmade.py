"""A responsibility list made by hand, one row a problem, in the layout the city exchanges."""

import io

from openpyxl import Workbook

GROUP, BELOW = "整改措施", ("序号", "具体措施", "完成时限", "是否完成")
FIRST = {
    "序号": 1, "编号": None, "问题来源": "市级暗访督导", "行政区域": "巴州区", "点位": "某河段",
    "存在问题": "示例：某处生活污水散排，沟渠水体发臭。", "牵头单位": "市生态环境局",
    "责任单位": "巴州区", "整改目标": "不再散排", "验收标准": "沿线无散排",
    "验收单位": "市生态环境局", "交办日期": "2025年4月18日", "整改时限": "2025年12月31日前",
    GROUP: (1, "封堵排口", "2025年8月底前", "否"), "是否销号": "否", "备注": None,
}  # fmt: skip


def register(*rows, headings=None, below=None):
    """The bytes of a list. Each row says what is other than in the first; headings likewise."""
    sheet = (workbook := Workbook()).active
    sheet.append(["示例清单"])
    sheet.append(["填报单位（盖章）：市环委办", None, None, None, "填报时间：2025年11月25日"])
    top, second = [], []
    for heading in FIRST:
        called = (headings or {}).get(heading, heading)
        is_group = heading == GROUP
        top += [called, *[None] * (len(BELOW) - 1)] if is_group else [called]
        second += [(below or {}).get(one, one) for one in BELOW] if is_group else [None]
    sheet.append(top)
    sheet.append(second)
    for place, changes in enumerate(rows or ({},), start=1):
        values = FIRST | {"序号": place} | changes
        sheet.append(
            [
                part
                for value in values.values()
                for part in (value if type(value) is tuple else [value])
            ]
        )
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def told(*problems, **changes):
    """One row a problem."""
    return register(*({"存在问题": problem, **changes} for problem in problems))
