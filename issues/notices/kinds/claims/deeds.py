"""What a paper says was done: each a list of records, so that its day and its count are proven."""

import re

from issues.notices.kinds.claims.claim import Claim, Said, row
from issues.notices.kinds.claims.figures import DAY_OF, TIMES, often
from issues.notices.kinds.claims.records import deed, done, sent, together
from issues.notices.kinds.past import DoneFacts

_GAP = r"[^，。；：、未不]"
_NOUN = r"[前后时的率]|之|与否|情况"
_SENT_OUT = r"(?:印发|下发|发出|制发|发送|发(?:了|过)?(?=提示函|督办|约谈|通报|函|通知))"
_COPIES = r"(?:\d+|[一二两三四五六七八九十]{1,3}|多)(?:次|份|封)"
_WAS = r"(?:已|业已|曾|先后|累计|共|被|受到|进行了|开展了)"


def _card(label: str, notice: str) -> Claim:
    colour = label[0]
    raised = done("cards", card=label)
    return row(
        f"挂过{label}",
        rf"(?:已|被|予以)[^，。；]{{0,6}}挂(?:上|了)?{label}|{often(label)}|"
        rf"(?:已|曾|被|受到)[^，。；未不触现将]{{0,8}}{label}(?!(?:督办)?情形|未)|"
        rf"(?:{DAY_OF}[^，。；的未不现]{{0,6}}|(?:事项|问题|单位)[^，。；的未不现]{{0,2}})"
        rf"(?:挂|亮)(?:上|了)?{colour}牌|(?:挂|亮|予以|给予)了{colour}牌",
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


_PRESSING = ("N2", "N3", "N6")
_SENT = ("N1", "N2", "N3", "N4", "N6")
DEEDS: tuple[Claim, ...] = (
    row(
        "已交办",
        rf"现将[^。；]*交办你单位|已{_GAP}{{0,14}}交办|{DAY_OF}{_GAP}{{0,10}}交办(?!件|单|通知|函|日)|"
        rf"交办(?:了|给了)(?!{_NOUN})|(?:该|本)(?:事项|问题|件)(?:由{_GAP}{{2,12}})?交办(?:给|至|到)?(?:你单位|完毕|到位)",
        deed(done("assigned"), "交办记录"), ("N0",),
    ),
    _card("黄牌", "N2"),
    _card("红牌", "N3"),
    row(
        "已挂牌督办",
        rf"(?:已|曾|被){_GAP}{{0,12}}(?:实行|予以|列为|列入)?挂牌督办(?!后|情形|通知)|"
        rf"{DAY_OF}{_GAP}{{0,8}}(?:实行|予以)?挂牌督办|(?:实行|进行|予以)了挂牌督办",
        deed(sent("N6"), "实行挂牌督办的记录"), unless="的问题|印发|发出|下发|通知",
    ),
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
        "通报曝光",
        rf"(?:被|遭到?|受到)[^，。；]{{0,20}}(?:通报|曝光)|媒体[^，。；未不]{{0,8}}曝光|(?:通报|曝光)了(?:该|本|此)(?:事项|问题|件)|"
        rf"{often('通报|曝光')}",
        deed(together(done("exposures"), sent("N5")), "通报曝光记录", _level),
    ),
    row(
        "此前已印发文书",
        rf"此前已[^。；]*印发|{_WAS}{_GAP}{{0,20}}{_SENT_OUT}{_GAP}{{0,10}}(?:函|通知|通知书|通报|文书)"
        rf"(?:{_GAP}{{0,3}}{_COPIES})?|{_COPIES}{_GAP}{{0,4}}"
        rf"(?:印发|下发|发出|提示函|督办通知|督办函|文书)|印发[^，。；：、未不\d]{{0,8}}{_COPIES}|"
        rf"{_SENT_OUT}了{_GAP}{{0,16}}(?:函|通知|通知书|通报|文书)|"
        rf"{DAY_OF}{_GAP}{{0,12}}(?:印发|下发|发出|制发|发送){_GAP}{{0,12}}(?:函|通知|通知书|通报|文书)",
        deed(
            sent(), "此前印发文书的记录", _of_kind,
            counted=(sent(), sent(*_SENT), sent(*_PRESSING), *(sent(one) for one in _SENT)),
        ),
    ),
    row(
        "已签收", rf"(?:已|业已|曾){_GAP}{{0,16}}签收|单位{_GAP}{{0,8}}签收(?:了|完毕)?(?!{_NOUN})|"
        rf"单位{_GAP}{{0,4}}已{_GAP}{{0,4}}(?:收到|收悉){_GAP}{{0,8}}(?:函|通知书?|文书)|签收[了过](?!{_NOUN})|{DAY_OF}{_GAP}{{0,6}}(?<!应)签收(?!{_NOUN}|时限|期限|回执|人)|"
        rf"(?:通知|文书|函|签收)(?:均|全部)?(?:签收|收悉|送达|妥收)(?:完毕|到位)?(?!{_NOUN}|回执|人)",
        deed(done("signed_for"), "签收文书的记录"),
    ),
    row(
        "已答复",
        rf"(?:已|业已|曾)(?:于{_GAP}{{0,14}})?(?:书面|按期|逾期|及时|正式|作出|作了)*(?:答复|回复)|"
        rf"你单位(?:已|业已|曾){_GAP}{{0,16}}反馈|(?:答复|回复|反馈)了(?!{_NOUN})|"
        rf"{DAY_OF}{_GAP}{{0,6}}(?:书面|按期|逾期|及时|正式|作出|作了)*(?:答复|回复)(?!{_NOUN}|期限|时限)|"
        rf"单位{_GAP}{{0,8}}(?:作出|书面|按期|及时|正式)*(?:答复|回复|复函)(?:了|称|认为|表示|说|完毕)|"
        rf"(?:收到|收悉){_GAP}{{0,4}}单位{_GAP}{{0,6}}(?:答复|回复|复函)(?!{_NOUN})|"
        rf"(?:答复|回复|复函)(?:函|材料|意见)?(?:收悉|报来|报送完毕|作出)|"
        rf"单位{_GAP}{{0,6}}(?:书面|按期|及时|正式|如期|按时)(?:作出|作了)?(?:答复|回复)(?!{_NOUN})",
        deed(done("answered"), "答复文书的记录"),
    ),
    row(
        "已约谈",
        rf"{_WAS}[^，。；：未不]{{0,16}}约谈(?!通知|函|单位|对象|纪要|制度|办法|有关|人)|"
        rf"约谈(?:了|过)|{DAY_OF}[^，。；：的未不]{{0,12}}约谈(?!通知|函)|{often('约谈')}|"
        rf"约谈(?:工作|会|谈话)?(?:完毕|完成|结束|举行|开展完毕)(?!{_NOUN})|完成{_GAP}{{0,6}}约谈(?!{_NOUN})|"
        rf"单位{_GAP}{{0,8}}(?:接受|受到)(?:了)?{_GAP}{{0,8}}约谈(?!{_NOUN})",
        deed(done("summoned"), "约谈的记录", of=("N4",)),
        unless="定于|现就|印发|通知",
    ),
)  # fmt: skip
