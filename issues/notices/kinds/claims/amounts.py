"""What a paper says in figures of how far a ticket is: days late, points behind, per cent done."""

import re
from fractions import Fraction

from issues.notices.kinds.claims.claim import Claim, Facts, Said, row
from issues.notices.kinds.claims.colours import spans
from issues.notices.kinds.claims.figures import figure_in
from issues.notices.kinds.claims.records import each, past
from issues.notices.kinds.shape import IssueFacts, MeasureFacts
from issues.notices.kinds.wording import day

_OF = (
    r"(?:之?前|之|为止|与否|[率情时期日的后难有存不未前需须机制]|"
    r"效果|力度|措施|办法|台账|行动|进[度展]|比例|标准|条件|要求|目标|计划|方案|报告|清单)"
)
"""Behind a deed: it is the deed that is told of, not that it is done."""
_MENDED = (
    r"(?:整改|治理|整治|修复|销账|闭环整改)(?:工作|任务|措施|事项|问题|要求)?"
    r"(?:均|都|全部|全面|按期|如期|按时|提前|基本|彻底|最终|圆满|顺利|高质量|现|已){0,3}"
)
"""What is mended, and how."""
_POINTS = re.compile(r"滞后(\d+(?:\.\d+)?)个百分点")
_WHOLE = 100


def _days_late(facts: Facts, said: Said) -> str:
    """So many days past a deadline of the ticket, or of a measure that is not done."""
    on = facts.get("as_of")

    def holds(issue: IssueFacts) -> bool:
        undone = [one.get("deadline") for one in issue.get("progress") or () if not one.get("done")]
        days = [issue.get("deadline"), *undone]
        return any(spans(one, on, said.words) for one in days if one and on)

    return each(holds, f"截至{day(on)}{said.words}的记录")(facts, said)


def _share_late(facts: Facts, said: Said) -> str:
    wanted, is_least = figure_in(said.words), re.search("超|以上", said.words)

    def holds(issue: IssueFacts) -> bool:
        told = [one.get("because", "") for one in issue.get("reasons") or ()]
        points = [Fraction(found) for text in told for found in _POINTS.findall(text)]
        return any(had >= wanted if is_least else had == wanted for had in points)

    return each(holds, f"“{said.words}”的计算")(facts, said)


def is_done(issue: IssueFacts) -> bool:
    if past("closed_on")(issue) or past("approved_on")(issue):
        return True
    measures = issue.get("progress") or []
    return bool(measures) and all(one.get("done") for one in measures)


def _share_done(facts: Facts, said: Said) -> str:
    """Per cent of the measures that are done, or of the target of one."""
    wanted = figure_in(said.words)

    def holds(issue: IssueFacts) -> bool:
        if is_done(issue):
            return wanted == _WHOLE
        measures = issue.get("progress") or []
        if wanted == _WHOLE or not measures:
            return False
        of_measures = Fraction(sum(bool(one.get("done")) for one in measures), len(measures))
        shares = [of_measures, *filter(None, map(_share, measures))]
        return any(abs(share * _WHOLE - wanted) < 1 for share in shares) or (
            wanted == 0 and not any(shares)
        )

    return each(holds, f"“{said.words}”的计算")(facts, said)


def _share(measure: MeasureFacts) -> Fraction | None:
    try:
        target = Fraction(measure.get("target") or 0)
        return Fraction(measure.get("confirmed") or 0) / target if target else None
    except ValueError:  # a target in words
        return None


AMOUNTS: tuple[Claim, ...] = (
    row(
        "逾期天数",
        r"(?:逾期|超期|过期|超时|超[出过]?(?:整改)?[时期]限|[时期]限已?过)[^，。；\d超达满不]{0,4}\d+(?:余?天|日|个多?月)(?!内|后)|"
        r"已(?:逾期|超期|过期|超时)[^，。；\d不]{0,4}\d+(?:余?天|日|个多?月)(?!内|后)",
        _days_late,
    ),
    row(
        "滞后幅度", r"(?:滞后|落后|低于)[^，。；\d不未]{0,8}\d+(?:\.\d+)?(?:个百分点|%)",
        _share_late, unless="标准|限值|达标率",
    ),
    row(
        "整改完成",
        r"已(?:全部|全面|按期|如期|基本|实际)?(?:完成整改|整改到位|整改完[成毕])(?!措施|任务[^，。；]{0,3}\d|[^，。；]{0,2}\d)|"
        r"完成了[^，。；不未]{0,4}整改|"
        rf"已(?:经|得到|全部|完全|基本|彻底|圆满|妥善|有效){{0,3}}(?:解决|销账|根治|化解|整改好)(?!{_OF}|了?[^，。；]{{0,8}}\d)|"
        r"(?:整改|(?<!\d[项条个])措施)(?:工作|任务)?(?:均|都)?已(?:全部|全面|按期|如期|告|宣告)?(?:完成|到位|落实|收官|结束)|"
        rf"{_MENDED}(?:完成|完毕|完结|到位|结束|见效|落实到位)(?!{_OF})|"
        r"(?:完成|实现|做完)(?:了)?(?:全部|全面|各项|所有|有关|上述|该|闭环){0,2}"
        rf"(?:整改|治理|整治|修复)(?:工作|任务)?(?!{_OF}|措施|[\d项]|[^，。；]{{0,8}}\d)|"
        r"(?:问题|事项|隐患)[^，。；：不未没难会]{0,4}"
        rf"(?:(?:得到|予以|获得)[^，。；不未]{{0,4}}(?:解决|整改|消除|治理)|解决|整改到位|清零|销账|办结)(?!{_OF})|"
        rf"(?:全部|均|完全|彻底)(?:得到|予以)?(?:整改|解决|办结)(?:完成|到位|完毕)?(?!{_OF}|完|到)|"
        r"措施[^，。；：不未没和与]{0,4}(?:(?:落实|执行)(?:到位|完毕|完成)|(?:全部|均|都)(?:落实|完成|执行))"
        rf"(?!{_OF}|到|完)",
        each(is_done, "措施全部经确认完成的记录"),
    ),
    row(
        "完成比例",
        r"(?:完成|整改|办结|销号)率[^，。；\d须应需要低少目]{0,6}\d+(?:\.\d+)?%|"
        r"(?<!序时)进度\d+(?:\.\d+)?%|(?<!序时)进度[^，。；\d须应需要低少滞落差目]{0,6}(?:[达至为]|已|完成)[^，。；\d]{0,3}"
        r"\d+(?:\.\d+)?%|"
        r"已[^，。；\d未不]{0,4}(?:完成|整改)(?:了)?[^，。；\d]{0,6}\d+(?:\.\d+)?%",
        _share_done,
    ),
)  # fmt: skip
