"""What a paper says was accepted, published, closed and looked at again."""

from collections.abc import Iterable

from issues.notices.kinds.claims.claim import Claim, Facts, Lacks, Said, row
from issues.notices.kinds.claims.figures import DAY_OF, often
from issues.notices.kinds.claims.records import (
    deed,
    done,
    each,
    outcome,
    past,
    step,
    together,
)
from issues.notices.kinds.past import DoneFacts
from issues.notices.kinds.shape import IssueFacts

_STEP = r"(?:经|通过|已|完成)[^，。；：未不]{0,20}"
_PASSED = r"(?:合格|通过|达标)(?![后的为率]|标准|证|意见|条件|申请)"
_FAILED = r"(?:未(?:予|能|获|被)?(?:通过|合格)|不(?:予通过|通过|合格|达标))"


def _unobjected(facts: Facts, said: Said) -> str:
    lack = _ENDED(facts, said)
    if lack:
        return lack
    told = each(lambda issue: not past("objections")(issue), "“公示无异议”的记录，公示中收到过异议")
    return told(facts, said)


def _over(issue: IssueFacts) -> Iterable[DoneFacts] | None:
    """The publicity whose last day has passed."""
    held = issue.get("past") or {}
    if "publicity_ended_on" not in held:
        return None
    on = held["publicity_ended_on"]
    return [{"on": on}] if on else []


_ENDED: Lacks = deed(_over, "公示期满的记录")
ACCEPTED: tuple[Claim, ...] = (
    row(
        "已申请验收",
        r"提交的验收申请|已(?:于[^，。；]*)?(?:提出|提交|申请)[^，。；]{0,4}验收|"
        rf"{DAY_OF}[^，。；的未不]{{0,8}}(?:提出|提交|申请)(?:了)?验收|{often('申请验收|验收申请')}|"
        r"验收申请[^，。；未不]{0,4}已[^，。；未不]{0,4}(?:提交|提出|报送|上报|受理|收悉)",
        deed(together(done("claims"), done("returns")), "验收申请记录", counted=(done("claims"),)),
    ),
    row(
        "验收退回",
        r"验收申请[^。；]*未予?通过|退回继续整改|予以退回|"
        rf"(?<!初步)验收(?:申请)?[^，。；：]{{0,4}}{_FAILED}|"
        rf"{often('退回')}|(?:已|被)[^，。；未不]{{0,14}}退回",
        outcome("returned", done("returns"), "退回验收申请的记录"),
        ("N8-returned",), "outcome_what", unless="方案|答复|反馈表|进展|退回答复",
    ),
    row(
        "初验未通过", rf"(?:初验|初步验收)[^，。；：]{{0,6}}{_FAILED}",
        deed(done("returns", what="first"), "初验退回的记录"),
    ),
    row(
        "现场核查未通过", rf"(?<!后经)现场核查[^，。；：]{{0,6}}{_FAILED}",
        deed(done("returns", what="check"), "现场核查退回的记录"), unless="回头看",
    ),
    row(
        "初验", rf"{_STEP}初验(?!未|不)|(?:初验|初步验收)[^，。；：未不]{{0,4}}{_PASSED}",
        deed(step("first_passed_on"), "通过初验的记录"),
    ),
    row(
        "现场核查", rf"{_STEP}现场核查(?!未|不)|现场核查[^，。；：未不]{{0,6}}{_PASSED}",
        deed(step("checked_on"), "通过现场核查的记录"), unless="回头看",
    ),
    row("审定", _STEP + "审定", deed(step("approved_on"), "审定同意的记录")),
    row(
        "通过验收",
        rf"(?:(?:已|经|顺利)[^，。；：未不初]{{0,8}})?验收(?:工作|申请|结论|结果|意见)?"
        rf"(?:已|均已|业已|顺利|获|审核|全部|被|为|是){{0,2}}{_PASSED}|"
        r"(?:已|顺利)[^，。；：未不初]{0,6}通过(?:了)?(?:市级|最终|终期|综合|整改)?验收(?!申请)|"
        rf"{DAY_OF}[^，。；的未不初]{{0,6}}通过(?:了)?验收(?!申请)",
        deed(step("approved_on"), "审定同意的记录"), unless="竣工|工程|项目|设施|初步|每|逐",
    ),
    row("公示", _STEP + "公示", deed(step("publicised_on"), "公示记录"), unless="公示期"),
    row("公示期满", r"公示(?:期限?)?(?:已|均已)?(?:于[^，。；]{1,14})?(?:满|结束|届满)", _ENDED),
    row(
        "公示无异议",
        r"公示[^。；]{0,16}(?:无(?:人|任何)?(?:提出)?异议|未(?:收到|接到|出现)[^，。；]{0,6}异议|"
        r"没有[^，。；]{0,6}异议)",
        _unobjected,
    ),
    row(
        "销号",
        r"(?<!不)予以销号|(?:符合|具备)销号条件|"
        r"(?:已|均已|准予|同意|获准|办结)[^，。；：、未不请]{0,14}销号(?!申请|条件|前|后|制|标准|程序)|"
        r"销号(?:了|完毕|完成|办结)|(?:完成|实现|办理)(?:了)?销号|"
        rf"{DAY_OF}[^，。；的未不请前]{{0,8}}销号(?!申请|条件|前|后|制|标准|程序)",
        outcome("closed", step("closed_on"), "销号记录"), ("N8-closed",), "outcome_what",
        unless=r"申请销号|销号申请|销号了?[^，。；条]{1,4}[项件个]",
    ),
    row(
        "摘牌",
        r"解除(?:红牌|黄牌|督办牌)|(?:予以|已)(?:于[^，。；]{0,14})?摘(?:[红黄])?牌|符合摘牌条件|"
        r"(?:红牌|黄牌|督办牌)[^，。；未不]{0,4}(?:已|获准)[^，。；未不]{0,4}(?:解除|摘除|摘掉|撤销)|"
        rf"{DAY_OF}[^，。；的未不]{{0,6}}(?:摘(?:了)?[红黄]?牌|解除[红黄]牌)",
        outcome("lifted", done("lifts"), "摘牌记录"), ("N8-lifted",), "outcome_what",
    ),
    row(
        "回头看通过",
        r"回头看[^，。；不]{0,14}(?:合格|通过|未发现|达标|良好|巩固)(?!后)",
        deed(done("visits", what="pass"), "回头看核查通过的记录"), unless="未通过|不合格",
    ),
    row(
        "回头看未通过",
        r"回头看[^，。；]{0,14}(?:不合格|未通过|不达标|反弹|虚假)",
        deed(together(done("visits", what="relapse"), done("visits", what="fake")),
             "回头看未通过的记录"),
        unless="未发现|防止|没有",
    ),
    row(
        "做过回头看",
        r"(?:已|经|开展了|进行了|完成了)[^，。；：、未不]{0,14}回头看|" + often("回头看"),
        deed(done("visits"), "回头看的记录"),
    ),
)  # fmt: skip
