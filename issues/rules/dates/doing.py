"""What is said to be done by a day, told from words that make the day doubtful."""

import re

_DONE = (
    r"(?:完成|整改|销号|办结|验收|达标|到位|建成|建立|投用|投运|投入|运行|实现|达到|取得|见效|消除|解决"
    r"|清理|清零|治理|整治|拆除|关闭|关停|搬迁|通过|落实|启用|竣工|完工|修复|编制|印发|出台|制定|开工|启动|推进|排查)"
)
DOING = re.compile(
    rf"(?:,|;)?(?:要|须|应)?(?:全面|全部|基本|按期|如期|按时|彻底|初步|率先)*{_DONE}"
)
_SAYS = re.compile(_DONE)
_DOUBTFUL = re.compile(
    r"[日月年底末度旬]后|之后|以后|^或|或者?(?:另|视|延)|若(?!干)|如果|视情|待定|待.{0,8}后|等待"
    r"|延期|延长|延至|顺延|推迟|原定|原计划|原则上|预计|拟|暂定|左右|前后|约(?=\d)|大约"
    r"|已(?:经|于|全部|基本)?(?:完成|整改|销号|办结|建成|达标)|未(?:能|按|完成|整改|销号|办结|通过)"
    r"|没有|不含|不合格|不到位|不彻底|发现|指出|反映|以来|长期|坚持|农历|\?"
    r"|(?:[,;成改并且不]|[,;]不)(?:持续|常态)"
)
_DATE_LEFT = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?![\d米吨户亩个座条台家万公平处人])|\d[月日号](?!均)|季度|旬|半年"
    r"|年[底末初中前]|月[底末初中]|\d[./-]\d+[./-]|\d工作日|日内|天内|\d[底末前]",
    re.ASCII,
)


def is_doing(words: str) -> bool:
    """Whether something is done, and nothing else is said that could be meant with the day."""
    return not is_vague(words) and _SAYS.search(words) is not None


def is_vague(words: str) -> bool:
    return bool(_DOUBTFUL.search(words) or _DATE_LEFT.search(words))
