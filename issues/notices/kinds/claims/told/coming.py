"""Words before a claim by which it tells what may come: an order, a condition, a day to come.

Each is a word of its own: 前 of 目前 is no deadline, 如 of 如期 no condition, 会 of 座谈会 no
future. What is marked as done (已) is done, whatever day or manner stands before it.
"""

import re

_IF = r"如果|若(?!干|尔盖)|倘"
_SUBJECT = "此位办项题府局区县业司组"
_BY = (
    r"(?:(?<![目当此先早眼提之以])(?<!^日)(?<![^\d一二三四五六七八九十作]日)前|"
    rf"(?<!^之)(?<![{_SUBJECT}]之)(?<=之)前|(?<!^以)(?<![{_SUBJECT}]以)(?<=以)前|"
    r"以内|之内|[日天月]内)(?:全面|全部|再次|如期|按期)?$"
)
"""A day by which: right before the words."""
_SUCH = (
    r"是否|不得|不再|(?<![例诸比犹自有宛终])如(?!期(?!限)|实(?!际)|下(?![达发列一月周])|今(?![年日后])|"
    r"此(?!前)|上(?![报级])|约(?!谈)|数(?![据量])|常(?!务)|愿|同(?!意)|前(?!期))|"
    r"(?<![平非不])凡(?!事)|直[至到](?!今|目前|现在|当前)|(?<![对接招看善虐优交款])待(?!遇)|或者?$|可能$"
)
"""In the clause: a question, a ban, a condition. They reach even what is marked as done."""
_UNLESS = re.compile(
    r"(?<!现)将(?:按|依|予|提|于|由|在|视|被|会|对)|(?<![模虚比])拟(?!定|人|态)|应当|(?<!地)方可|"
    rf"{_IF}|后，?(?:按|方(?!案|面|向)|再(?![次度]))|"
    r"的，(?:将|按|依|重新|一律|予以|移交|升级|提请|从严|$)|(?<![现已])将(?:要|受|予)?$|"
    r"(?<![员委大社协工])(?<!专题|调度|推进|现场|座谈|常务|联席|办公|听证|评审|论证|视频|党组|验收)会$"
)
"""Before a claim's words in their sentence: they tell what is to come, not what was."""
_UNLESS_HERE = re.compile(
    rf"确保|力争|争取(?!到|资金|了|上级|中央|省)|尽快|抓紧|(?<![显已断])加快|务必|限期|每|至少|不少于|须(?!知)|"
    rf"(?<!已)(?<!累计)达到?$|{_BY}|{_SUCH}"
)
"""The same before them in their own clause."""
_MARKED = re.compile(r"[已曾]|(?<!为)了(?![解结如])")
_JUST_MARKED = re.compile(
    r"[已曾](?:[于在][^，的将]{1,16}?[前内底日月])?(?:尽快|抓紧|全部|全面|均|都|被|经|按期|如期|顺利|再次)*$"
)
_EVEN_MARKED = re.compile(
    rf"{_SUCH}|[对将把]$|(?:确保|务必|须|应当?|力争|争取)(?:均|都|全部|全面)?(?:[^，]{{1,12}}前)?$"
)
_CONDITION = re.compile(_IF)
_NOW = re.compile(
    r"(?:但是?|而|且|该(?:事项|问题)|你单位|我办|本办)?"
    r"(?:目前|当前|此前|日前|先前|之前|早前|如今|而今|现在|现已|至今|迄今|近日|近期|截[至止])"
)
"""A clause that begins so tells of its own time, whatever was said to come before it."""


def may_come(before: str, here: str, words: str = "") -> bool:
    """By what stands before them, in the sentence and in the clause, words tell what may come."""
    before = here if _NOW.match(here) else before
    if _MARKED.search(words) or _JUST_MARKED.search(here):
        return bool(_EVEN_MARKED.search(here) or _CONDITION.search(before))
    return bool(_UNLESS.search(before) or _UNLESS_HERE.search(here))
