"""What a paper says of plans, of reports and of more time, asked for, granted and refused."""

from collections.abc import Iterable, Iterator

from issues.notices.kinds.claims.claim import Claim, Facts, Said, row
from issues.notices.kinds.claims.colours import spans
from issues.notices.kinds.claims.figures import A_DAY, DAY_OF, days_in, often
from issues.notices.kinds.claims.records import deed, done, none, past
from issues.notices.kinds.past import DoneFacts
from issues.notices.kinds.shape import IssueFacts
from issues.notices.kinds.wording import day, listed

_GAP = r"[^，。；：、未不]"
_NOUN = r"[前后时的率]|之|与否|材料"
_TERM = r"(?:整改|完成|办理)?(?:时限|期限)"
_MOVED = r"(?:延至|延长[至到]?|延期[至到]?|顺延|推迟[至到]|展期|(?:变更|调整|修改|更改|改)[为至到])"
_TERM_OF = (
    r"(?:(?:整改|完成|办理|销号|措施)(?:任务|工作|的)?(?:截止|到期)?|"
    r"(?<![馈复告送收示议谈请明查评改成理号施务作的]))(?:时限|期限|限期|截止日期?|截止时间|到期日)"
)
"""Of the ticket: a day by which to answer or to sign for is the paper's own."""
_MENDED = r"(?:完成(?:整改|治理|全部|各项|(?=$|，))|整改(?:完成|到位|完毕))"
_ELSE = (
    r"如果|[如确]需|若(?!干)|拟|申请|建议|争取|力争|计划|是否|不得|不同意|"
    r"未(?!获|予|被|经|通|批|能)|方可|驳回|拒绝"
)
"""By these a day is asked for, doubted or refused."""
_NOT_YET = r"(?:从未|未曾|并未|尚未|一直未|没有|未)(?:曾|再|有)?"


def _terms(issue: IssueFacts) -> Iterator[str | None]:
    """Every day that the ticket was to be done by, or a measure of it."""
    yield issue.get("deadline")
    yield past("first_deadline")(issue)
    yield from (measure.get("deadline") for measure in issue.get("progress") or ())
    yield from (one.get("until") for one in done("granted")(issue) or ())


def _wrong_term(facts: Facts, said: Said) -> str:
    """A day of no record; the days of the records are told."""
    issues, told = facts.get("issues") or [], [on for on, _start, _end in days_in(said.words)]
    known = [on for issue in issues for on in _terms(issue) if on]
    if not issues or not told or any(told[-1].is_of(on) for on in known):
        return ""
    days = "、".join(day(on) for on in sorted(set(known)))
    numbers = listed(issue.get("number", "") for issue in issues)
    recorded = f"登记的时限为{days}" if days else "没有登记整改时限"
    return f"{numbers}{recorded}，与所写“{said.words}”不符"


def _wrong_days(facts: Facts, said: Said) -> str:
    """So many days are left till a deadline of the ticket, or of a measure that is not done."""
    issues, on = facts.get("issues") or [], facts.get("as_of")
    known = [
        until
        for issue in issues
        for until in (
            issue.get("deadline"),
            *(one.get("deadline") for one in issue.get("progress") or () if not one.get("done")),
        )
        if until
    ]
    if not issues or not on or any(spans(on, until, said.words) for until in known):
        return ""
    days = "、".join(day(until) for until in sorted(set(known))) or "没有登记"
    return f"整改时限为{days}，截至{day(on)}与所写“{said.words}”不符"


def _approved(issue: IssueFacts) -> Iterable[DoneFacts]:
    """Measures are told of a ticket only once its plan is approved."""
    return [{"on": ""}] if issue.get("progress") else []


PLANNED: tuple[Claim, ...] = (
    row(
        "延期未获批准",
        r"(?:不予|未予|不|未获)(?:同意|批准)[^，。；]{0,6}延期|(?:驳回|拒绝)[^，。；]{0,6}延期|"
        r"延期[^，。；]{0,6}(?:未获|未予|不予|未被|未|没有|不)(?:获得?|被)?(?:批准|同意|通过)|"
        r"延期[^，。；]{0,4}被(?:驳回|退回|拒绝)",
        deed(done("refused"), "不同意延期的记录"),
    ),
    row(
        "未批准延期", rf"{_NOT_YET}(?:同意|批准|准予)[^，。；]{{0,6}}(?:延期|延长)",
        none(done("granted"), "批准延期的记录"), unless="方可|不得|擅自",
    ),
    row(
        "经批准延期",
        rf"(?<!未)(?<!不)(?<!不予)(?:同意|批准|批复|准予|核准|允许|获准|获批|经){_GAP}{{0,8}}"
        rf"(?:延期|延长)(?!申请)|"
        rf"延期(?:申请)?{_GAP}{{0,14}}(?:(?:已|获|经|得到){_GAP}{{0,6}}(?:批准|同意|通过)|获批|获准|已批)|"
        rf"已{_GAP}{{0,8}}(?:延期至|延至|延长至|顺延)|{_TERM}{_GAP}{{0,4}}{_MOVED}|"
        rf"(?:新的?|变更后的?|调整后的?|延期后的?){_TERM}{_GAP}{{0,2}}[为是至到]|"
        rf"{DAY_OF}{_GAP}{{0,6}}延期[至到]|{often('延期')}",
        deed(done("granted"), "批准延期的记录"),
        unless=r"未经|不予|不同意|未获|方可|不得|申请(?:延期|延长|将|调整)|或者?经批准|[需须]|没有|拟",
        is_until=True,
    ),
    row(
        "整改时限",
        rf"{_TERM_OF}[^，。；：、\d未不前]{{0,6}}：?{A_DAY}[底末]?(?!前?的(?:事项|问题))|"
        rf"(?<![对相反响适供])应当?(?:于|在)?{A_DAY}[底末]?(?:之?前|以前)?{_GAP}{{0,8}}{_MENDED}|"
        rf"(?:须|(?<![重主紧首摘纪概只])要|(?<!所)需)(?:于|在)?{A_DAY}[底末]?(?:之?前|以前)?{_GAP}{{0,8}}{_MENDED}|"
        rf"(?:最迟|最晚|不迟于)于?{A_DAY}[底末]?(?:之?前|以前)?{_GAP}{{0,8}}{_MENDED}|"
        rf"限(?:于|期|在)?{A_DAY}[底末]?(?:之?前|以前)?{_GAP}{{0,4}}{_MENDED}|"
        rf"(?:延期|展期|延|延长|顺延|推迟){_GAP}{{0,2}}[至到]{A_DAY}",
        _wrong_term,
        unless=f"{_ELSE}|公示", is_any=True,
    ),
    row(
        "到期日",
        rf"{A_DAY}[底末]?{_GAP}{{0,2}}(?:到期|届满|期满|截止)(?!前?的(?:事项|问题))|"
        rf"到期(?:日|时间)?(?:为|是|：){A_DAY}",
        _wrong_term,
        unless=f"{_ELSE}|公示|[答回批]复|反馈|签收|报告|异议|申诉|合同|许可",
        is_any=True,
    ),
    row(
        "到期天数",
        r"(?:还|尚|仅|只|仍)(?:剩|余|有|剩余)(?:下)?\d+天(?:就|将|即)?(?:到期|届满|逾期|(?=$|[，。；]))|"
        r"[时期]限(?:还|尚|仅|只)?(?:有|剩余?|余)\d+天|(?:剩余?|余下)\d+天(?:就|将|即)?(?:到期|届满|逾期)|"
        r"距离?(?:整改|完成|办理)?(?:任务|工作)?(?:时限|期限|到期|截止)[^，。；\d]{0,8}\d+天|"
        r"\d+天(?:之?后|以后)(?:就|将|即)?(?:到期|届满|逾期)",
        _wrong_days, unless=f"{_ELSE}|公示|[答回批]复|反馈|签收|报告|异议", is_any=True,
    ),
    row(
        "方案未获批准",
        rf"(?:整改)?方案{_GAP}{{0,6}}(?:未|没有|不予|尚未)(?:能|曾)?(?:获得?|被|予以?|经|得到)?"
        r"(?:批准|通过|同意|批复|审核通过|审批|批(?!准))(?!后|前|的)|"
        rf"(?:未|没有|不予|不)(?:批准|通过|同意){_GAP}{{0,4}}整改方案(?!后|前|的)",
        none(_approved, "经批准的整改方案"), unless=_ELSE,
    ),
    row(
        "申请过延期",
        rf"(?:已|曾|提出的|提交的){_GAP}{{0,12}}(?:申请|提出|提交)?{_GAP}{{0,6}}延期申请|"
        rf"(?:已|曾){_GAP}{{0,14}}(?:申请|提出|提交)(?:了)?延期|"
        rf"延期申请{_GAP}{{0,4}}已{_GAP}{{0,4}}(?:提交|提出|报送|上报|受理|收悉)|"
        rf"延期申请(?:提交|报送|上报)?(?:收悉|受理|完毕)(?!{_NOUN})|"
        rf"单位{_GAP}{{0,8}}(?:申请(?:了)?|提出(?:了)?)延期(?!{_NOUN}|[至到])",
        deed(done("asked"), "延期申请记录"),
    ),
    row(
        "已报方案",
        rf"(?:已|业已){_GAP}{{0,16}}(?:报送|提交|上报|制定)(?:了)?{_GAP}{{0,4}}整改方案|"
        rf"整改方案{_GAP}{{0,4}}(?:已|经){_GAP}{{0,6}}(?:报送|提交|上报|审核|审查|批准|通过|备案)|"
        rf"整改方案(?:全部|均|已|如期|按期|及时|按时)*(?:获批|通过审[核查定]|审[核查定]通过|收悉|备案|"
        rf"(?:报送|上报|提交|制定|编制|报备)(?:完毕|到位|完成)?)(?!{_NOUN})|"
        rf"(?:报送|提交|上报|制定|编制)了{_GAP}{{0,4}}整改方案|完成{_GAP}{{0,4}}整改方案{_GAP}{{0,2}}(?:制定|报送|编制)|"
        rf"单位{_GAP}{{0,8}}(?:报送|提交|上报|制定|编制|报来){_GAP}{{0,4}}整改方案(?!{_NOUN})",
        deed(done("planned"), "报送整改方案的记录"),
    ),
    row(
        "已填报进展",
        rf"(?:已|业已|曾){_GAP}{{0,12}}(?:填报|报送|上报|报告|填写)(?:了)?{_GAP}{{0,6}}进展|"
        rf"进展(?:情况)?{_GAP}{{0,4}}(?:已{_GAP}{{0,4}}(?:填报|报送|上报)|(?:填报|报送|上报)(?:完毕|到位))|"
        rf"(?:填报|报送|上报)了{_GAP}{{0,6}}进展|"
        rf"单位{_GAP}{{0,8}}(?:填报|报送|上报){_GAP}{{0,4}}进展(?:情况)?(?!{_NOUN}|表)",
        deed(done("reported"), "填报进展的记录"),
    ),
    row(
        "未报方案",
        rf"{_NOT_YET}(?:报送|提交|上报|制定|编制|报来|报)(?:了|过)?[^，。；]{{0,4}}整改方案|"
        rf"整改方案[^，。；]{{0,6}}{_NOT_YET}(?:报送|提交|上报|制定|编制|报来|报出)",
        none(done("planned"), "报送整改方案的记录"),
    ),
    row(
        "未填报进展",
        rf"{_NOT_YET}(?:填报|报送|上报|报告|填写)(?:了|过)?[^，。；]{{0,6}}进展|"
        rf"进展[^，。；]{{0,6}}{_NOT_YET}(?:填报|报送|上报|报告|填写)",
        none(done("reported"), "填报进展的记录"),
    ),
    row(
        "未申请验收",
        rf"{_NOT_YET}(?:提出|提交|申请)(?:了|过)?[^，。；]{{0,4}}验收|"
        rf"验收申请[^，。；]{{0,4}}{_NOT_YET}(?:提出|提交|报送)",
        none(done("claims"), "申请验收的记录"),
    ),
)  # fmt: skip
