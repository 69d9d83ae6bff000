"""N5 通报: the board of a round, told to every unit, with the red and the yellow tickets listed."""

from issues.notices.document import Attachment, Document, Table
from issues.notices.kinds.demands import demands_of, set_demands
from issues.notices.kinds.enclosures import issue_list
from issues.notices.kinds.frame import Body, assemble, headline
from issues.notices.kinds.shape import BulletinFacts, DemandFacts, NoticeFactsDoc
from issues.notices.kinds.wording import basis_of, day, formal

COUNTS = "各单位“红黄绿”情况统计表"
LISTED = "红牌、黄牌事项清单"
_HEADS = ("序号", "单位", "红", "黄", "绿", "已销号", "合计")
_ABOUT = "突出生态环境问题整改“红黄绿”调度情况"


def compose(facts: NoticeFactsDoc) -> Document:
    counts = facts.get("bulletin") or {}
    body = Body()
    body.text(
        f"根据{basis_of(facts)}，{facts['issuer']['name']}对全市突出生态环境问题整改情况进行了调度，"
        f"现将有关情况通报如下。"
    )
    body.first("总体情况")
    body.text(_whole(counts))
    body.first("存在的主要问题")
    _set_cards(body, facts)
    body.first("下一步工作要求")
    set_demands(body, demands_of(facts, default_demands(facts)))
    if counts.get("anchor"):
        body.text(f"本期办理记录校验值：{counts['anchor']}。")
    enclosed = [Attachment(COUNTS, (_table(counts),))] if counts.get("groups") else []
    if facts.get("issues"):
        enclosed.append(issue_list(facts, LISTED))
    title = headline(facts, _ABOUT, "通报")
    return assemble(facts, "file", title, body, enclosed)


def default_demands(_facts: NoticeFactsDoc) -> list[DemandFacts]:
    return [
        {"text": "红牌事项责任单位主要负责同志要亲自研究、亲自督办，逐项明确追赶措施和完成日期"},
        {"text": "黄牌事项责任单位要查明滞后原因，尽快赶上序时进度，防止转为红牌"},
        {"text": "牵头单位要加强行业指导和审核把关，严防虚假整改、敷衍整改和整改反弹"},
    ]


def _whole(counts: BulletinFacts) -> str:
    until = f"截至{day(counts['on'])}，" if counts.get("on") else ""
    told = "，".join(
        f"{label}{counts.get(key, 0)}项"
        for label, key in (
            ("红牌", "red"),
            ("黄牌", "yellow"),
            ("绿牌", "green"),
            ("已销号", "closed"),
        )
    )
    return f"{until}全市纳入清单的问题共{counts.get('total', 0)}项，其中{told}。"


def _set_cards(body: Body, facts: NoticeFactsDoc) -> None:
    issues = facts.get("issues", [])
    if not issues:
        body.text("本期没有红牌、黄牌事项。")
        return
    by_unit: dict[str, int] = {}
    for issue in issues:
        unit = formal(issue.get("primary_unit", ""))
        by_unit[unit] = by_unit.get(unit, 0) + 1
    told = "，".join(f"{unit}{count}项" for unit, count in by_unit.items())
    body.text(
        f"本期红牌、黄牌事项共{len(issues)}项，按主责单位分：{told}。具体事项及触发规则见附件。"
    )


def _table(counts: BulletinFacts) -> Table:
    rows = []
    for number, group in enumerate(counts["groups"], 1):
        figures = [group.get(key, 0) for key in ("red", "yellow", "green", "closed")]
        name = formal(group.get("name", ""))
        rows.append((str(number), name, *map(str, figures), str(sum(figures))))
    return Table((1.4, 5.4, 1.5, 1.5, 1.5, 1.7, 1.5), tuple(rows), _HEADS, aligns="clccccc")
