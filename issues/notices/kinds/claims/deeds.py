"""What a paper says was done: each a list of records, so that its day and its count are proven."""

import re
from collections.abc import Iterable

from issues.notices.kinds.claims.claim import Claim, Facts, Lacks, Said, row
from issues.notices.kinds.claims.figures import DAY, TIMES
from issues.notices.kinds.claims.records import (
    deed,
    done,
    each,
    outcome,
    past,
    sent,
    step,
    together,
)
from issues.notices.kinds.past import DoneFacts
from issues.notices.kinds.shape import IssueFacts

_DAY = re.sub(r"\?P<\w+>", "?:", DAY) + r"(?![底前之以上中下内])"
_GAP = r"[^，。；：、未不]"
_STEP = r"(?:经|通过|已|完成)[^，。；：未不]{0,20}"
_WAS = r"(?:已|业已|曾|先后|累计|共|被|受到|进行了|开展了)"


def _often(noun: str) -> str:
    """Three of it, it three times."""
    return rf"(?:{TIMES}){_GAP}{{0,4}}(?:{noun})|(?:{noun})[^，。；：、未不\d]{{0,4}}(?:{TIMES})"


def _card(label: str, notice: str) -> Claim:
    colour = label[0]
    raised = done("cards", card=label)
    return row(
        f"挂过{label}",
        rf"(?:已|被|予以)[^，。；]{{0,6}}挂{label}|{_often(label)}|"
        rf"(?:已|曾|被|受到)[^，。；未不触现将]{{0,8}}{label}(?!(?:督办)?情形|未)|"
        rf"{_DAY}[^，。；的未不现]{{0,6}}(?:挂|亮){colour}牌",
        deed(
            together(raised, sent(notice)), f"挂{label}的记录",
            counted=(done("cards", card=label, is_watch=None), sent(notice)), of=(notice,),
        ),
        unless=r"现挂|\d项",
    )  # fmt: skip


def _level(one: DoneFacts, said: Said) -> bool:
    """The level that the words name; without one, any."""
    level = one.get("what", "")
    if re.search("中央|国家|央视|生态环境部", said.words):
        return level.endswith("state")
    if "省" in said.words:
        return level.endswith("province") and ("媒体" not in said.words or "media" in level)
    if re.search("市|我办|本办|委", said.words):
        return level == "N5"
    return "媒体" not in said.words or "media" in level


_NAMED = {
    "提示函": {"N1"}, "督办通知": {"N2", "N3"}, "黄牌督办": {"N2"}, "红牌督办": {"N3"},
    "约谈": {"N4"}, "通报": {"N5"}, "挂牌督办": {"N6"}, "交办": {"N0"},
}  # fmt: skip


def _of_kind(one: DoneFacts, said: Said) -> bool:
    kinds = [kinds for name, kinds in _NAMED.items() if name in said.words]
    return all(one.get("what") in of for of in kinds)


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
_PRESSING = ("N2", "N3", "N6")
_SENT = ("N1", "N2", "N3", "N4", "N6")
DEEDS: tuple[Claim, ...] = (
    row(
        "已交办", rf"现将[^。；]*交办你单位|已{_GAP}{{0,14}}交办",
        deed(done("assigned"), "交办记录"), ("N0",),
    ),
    _card("黄牌", "N2"),
    _card("红牌", "N3"),
    row(
        "督办次数",
        rf"(?:{TIMES})(?:{_GAP}(?!牌|红|黄)){{0,3}}督办|督办[^，。；：、未不牌\d]{{0,3}}(?:{TIMES})",
        deed(
            sent(), "印发督办文书的记录", counted=(sent(*_PRESSING), sent(*_SENT), sent()),
            of=_SENT,
        ),
        unless="签收|答复|反馈",
    ),
    row(
        "已申请验收",
        r"提交的验收申请|已(?:于[^，。；]*)?(?:提出|提交|申请)[^，。；]{0,4}验收|"
        rf"{_DAY}[^，。；的未不]{{0,8}}(?:提出|提交|申请)(?:了)?验收|{_often('申请验收|验收申请')}",
        deed(together(done("claims"), done("returns")), "验收申请记录", counted=(done("claims"),)),
    ),
    row(
        "验收退回",
        r"验收申请[^。；]*未予?通过|退回继续整改|予以退回|"
        rf"{_often('退回')}|(?:已|被)[^，。；未不]{{0,14}}退回",
        outcome("returned", done("returns"), "退回验收申请的记录"),
        ("N8-returned",), "outcome_what", unless="方案|答复|反馈表|进展|退回答复",
    ),
    row("初验", _STEP + "初验", deed(step("first_passed_on"), "通过初验的记录")),
    row("现场核查", _STEP + "现场核查", deed(step("checked_on"), "通过现场核查的记录")),
    row("审定", _STEP + "审定", deed(step("approved_on"), "审定同意的记录")),
    row(
        "通过验收",
        r"(?:已|经|顺利)[^，。；：未不初]{0,8}验收(?:合格|通过)|"
        r"(?:已|顺利)[^，。；：未不初]{0,6}通过(?:了)?(?:市级|最终|终期|综合|整改)?验收(?!申请)",
        deed(step("approved_on"), "审定同意的记录"), unless="竣工|工程|项目|设施|初步",
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
        r"予以销号|符合销号条件|已(?:按程序|依规|予以|于[^，。；]{1,14})销号|(?:事项|问题)已销号",
        outcome("closed", step("closed_on"), "销号记录"), ("N8-closed",), "outcome_what",
    ),
    row(
        "摘牌",
        r"解除(?:红牌|黄牌|督办牌)|(?:予以|已)(?:于[^，。；]{0,14})?摘(?:[红黄])?牌|符合摘牌条件",
        outcome("lifted", done("lifts"), "摘牌记录"), ("N8-lifted",), "outcome_what",
    ),
    row(
        "通报曝光",
        rf"(?:被|遭到?|受到)[^，。；]{{0,20}}(?:通报|曝光)|媒体[^，。；未不]{{0,8}}曝光|"
        rf"{_often('通报|曝光')}",
        deed(together(done("exposures"), sent("N5")), "通报曝光记录", _level),
    ),
    row(
        "此前已印发文书",
        rf"此前已[^。；]*印发|{_WAS}{_GAP}{{0,20}}印发{_GAP}{{0,10}}(?:函|通知|通知书|通报|文书)|"
        rf"(?:\d+|[一二两三四五六七八九十]{{1,3}}|多)(?:次|份|封){_GAP}{{0,4}}"
        r"(?:印发|下发|发出|提示函|督办通知|督办函|文书)|"
        r"印发[^，。；：、未不\d]{0,8}(?:\d+|[一二两三四五六七八九十]{1,3}|多)(?:次|份|封)",
        deed(
            sent(), "此前印发文书的记录", _of_kind,
            counted=(sent(), sent(*_SENT), sent(*_PRESSING), *(sent(one) for one in _SENT)),
        ),
    ),
    row(
        "已签收", rf"(?:已|业已|曾){_GAP}{{0,16}}签收",
        deed(done("signed_for"), "签收文书的记录"),
    ),
    row(
        "已答复",
        rf"(?:已|业已|曾)(?:于{_GAP}{{0,14}})?(?:书面|按期|逾期|及时|正式|作出|作了)*(?:答复|回复)|"
        rf"你单位(?:已|业已|曾){_GAP}{{0,16}}反馈",
        deed(done("answered"), "答复文书的记录"),
    ),
    row(
        "已约谈",
        rf"{_WAS}[^，。；：未不]{{0,16}}约谈(?!通知|函|单位|对象|纪要|制度|办法|有关|人)|"
        rf"约谈(?:了|过)|{_DAY}[^，。；：的未不]{{0,12}}约谈(?!通知|函)|{_often('约谈')}",
        deed(done("summoned"), "约谈的记录", of=("N4",)),
        unless="定于|现就|印发|通知",
    ),
    row(
        "延期未获批准",
        r"(?:不予|未予|不|未获|未|没有)(?:同意|批准)[^，。；]{0,6}延期|(?:驳回|拒绝)[^，。；]{0,6}延期|"
        r"延期[^，。；]{0,6}(?:未获|未予|不予|未被|未)(?:批准|同意|通过)|"
        r"延期[^，。；]{0,4}被(?:驳回|退回|拒绝)",
        deed(done("refused"), "不同意延期的记录"),
    ),
    row(
        "经批准延期",
        rf"(?<!未)(?<!不)(?:同意|批准|批复|准予|经){_GAP}{{0,8}}(?:延期|延长)(?!申请)|"
        rf"延期(?:申请)?{_GAP}{{0,6}}(?:已|获|经){_GAP}{{0,6}}(?:批准|同意|通过)|"
        rf"已{_GAP}{{0,8}}(?:延期至|延至|延长至|顺延)|(?:时限|期限){_GAP}{{0,4}}(?:延至|延长至|延期至|顺延)|"
        rf"{_often('延期')}",
        deed(done("granted"), "批准延期的记录"),
        unless=r"未经|不予|不同意|未获|方可|不得|申请延期|或者?经批准",
    ),
    row(
        "申请过延期",
        rf"(?:已|曾|提出的|提交的){_GAP}{{0,12}}(?:申请|提出|提交)?{_GAP}{{0,6}}延期申请|"
        rf"(?:已|曾){_GAP}{{0,14}}(?:申请|提出|提交)(?:了)?延期",
        deed(done("asked"), "延期申请记录"),
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
        "做过回头看", rf"(?:已|经|开展了|进行了|完成了){_GAP}{{0,14}}回头看|{_often('回头看')}",
        deed(done("visits"), "回头看的记录"),
    ),
    row(
        "已报方案",
        rf"(?:已|业已){_GAP}{{0,16}}(?:报送|提交|上报|制定)(?:了)?{_GAP}{{0,4}}整改方案|"
        rf"整改方案{_GAP}{{0,4}}(?:已|经){_GAP}{{0,6}}(?:审核|审查|批准|通过|备案)",
        deed(done("planned"), "报送整改方案的记录"),
    ),
)  # fmt: skip
