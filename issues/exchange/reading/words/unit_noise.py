"""What stands beside the names of units in a cell: roles, duties, list marks, 各县（区）."""

import re
from collections.abc import Sequence
from enum import Enum

from issues.ground.numbers import whole

EACH = "各县区"
_COUNTIES = (
    r"(?:县\(区\)|区\(县\)|县\(市[、,]?区\)|区\(市[、,]?县\)|市\(县[、,]?区\)|县\(区[、,]?市\)|县\(市\)区"
    r"|县市区|县[、]?区|区[、]?县)"
)
_GOVERN = r"(?:(?:党委|县?委)?(?:[、,和及与]|\s)*(?:县?\(?区?\)?)?(?:人民)?政府|党委|党政)?"
_EACH_COUNTY = re.compile(
    rf"(?:(?<![^\s、,;。/():和及与由同合导促])(?:全市|市辖|辖区内?)?各|^(?:全市)?){_COUNTIES}{_GOVERN}"
    r"(?![^\s、,;。/()和及与按牵配协负落等共分])"
)
_FEW = r"[一二两三四五六七八九\d]"
_SO_MANY = re.compile(
    rf"(?:全市|市辖)?(?:(?P<all>[二三四五六七八九十\d]{{1,2}})个?{_COUNTIES}"
    rf"|(?P<counties>{_FEW})县(?P<districts>{_FEW})区|(?P<first>{_FEW})区(?P<then>{_FEW})县)"
    rf"{_GOVERN}"
)
_NUMBERS = {sign: place for place, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ITEMS = re.compile(
    r"\(?\d{1,2}[.、)](?!\d)|[①-⑳⑴-⑽]|(?:(?<=^)|(?<=[;。\n]))[一二三四五六七八九十]{1,2}[、.]"
)
_KIND = r"(?:牵头|主责|主办|主要责任|第一责任|整改责任|主体责任|责任|配合|协助|协办|协同)"
_UNLABELLED = re.compile(rf"(?:(?<=^)|(?<=[,;。\n、]))({_KIND}(?:单位|部门))(?=[^:)、,;。\n])")
_LABELS = re.compile(rf"[,、\s]*((?:{_KIND}(?:单位|部门)|责任主体|牵头|主责|配合):)")
_LED = re.compile(r"牵头(?=[^单部负落实整组抓做推责)(、,;。:\s])")
LABEL = re.compile(rf"(?P<label>{_KIND}(?:单位|部门)?|责任主体):(?P<names>.*)")

_MORE = re.compile(
    r"等(?:市级|市直|其他|其它)*(?:有关|相关|责任|职能)(?:部门|单位)|等(?=$|[、,;。)\n])"
)
_DUTY = (
    r"(?:(?:按照?|依据?|根据|结合)?(?:各自)?(?:部门)?(?:工作)?(?:职责|职能)(?:任务)?(?:范围|权限)?内?(?:分工)?"
    r"|(?:按照?)?(?:责任|任务)?分工)"
)
_DOES = r"(?:牵头|主责|主办|负责|负总责|落实|实施|整改|配合|协助|参与|协同|推进|各负其责)"
_BRACKET = re.compile(
    r"\((?:(?P<role>牵头|主责|主办|负责|主要责任|第一责任|责任|整改责任|主体责任|属地责任|属地|配合|协助|协办"
    rf"|协同|参与|落实|实施)(?:责任)?(?:单位|部门|主体)?|{_DUTY}{_DOES}*)\)$"
)
_TAIL = re.compile(
    r"(?:等(?:市级|市直)?(?:部门|单位)$|(?:等(?:(?:市级|市直)?(?:部门|单位))?)?"
    rf"(?:{_DUTY}(?:共同|分别|具体|做好|抓好|相关|有关)*{_DOES}*"
    rf"|(?:共同|分别|联合|具体|统筹|组织|做好|抓好)*{_DOES}+)(?:工作)?$)"
)
_TOGETHER = re.compile(r"(?:共同|联合)牵头")
HEAD = re.compile(r"^(?:由|请|责成|会同|联合|以及|及|和|与)(?=.)")


class Role(Enum):
    """How a unit stands by the words beside it."""

    NONE = ""
    LEADS = "leads"
    ANSWERS = "answers"
    HELPS = "helps"


_ANSWERING = {"责任", "整改责任", "主体责任"}
_LEADING, _HELPING = ("牵头", "主责", "主办", "负责", "主要", "第一"), ("配合", "协", "参与")


def tidied(text: str, counties: Sequence[str]) -> str:
    """The text with each county as one word, a clause for each label, and no list marks.

    `counties` are the names of all counties: 五县区 are all of them only where there are five.
    """
    text = _ITEMS.sub("、", text)
    text = _SO_MANY.sub(lambda match: EACH if _is_all(match, counties) else match[0], text)
    text = _EACH_COUNTY.sub(EACH, text)
    text = _TOGETHER.sub("共同负责", text)
    text = _UNLABELLED.sub(r"\1:", text)
    text = _LABELS.sub(r";\1", text)
    return _MORE.sub(r"、\g<0>", _LED.sub(r"\g<0>,", text))


def label_role(label: str) -> Role:
    """Who leads is said in a column of its own: beside 责任单位： it does not come first."""
    if label.startswith(("责任", "整改责任", "主体", "主责", "主要", "第一")):
        return Role.ANSWERS
    return Role.HELPS if _role(label) is Role.HELPS else Role.NONE


def stripped(token: str) -> tuple[str, Role]:
    """A name without the words of its role, and the role."""
    name, role = token.strip(), Role.NONE
    for _ in range(3):
        if bracket := _BRACKET.search(name):
            said = bracket["role"] or ""
            role = Role.ANSWERS if said in _ANSWERING else _role(said)
            name = name[: bracket.start()].rstrip()
        elif tail := _TAIL.search(name):
            words = tail[0].replace("负责", "")
            role = _role(words) if role is Role.NONE else role
            name = name[: tail.start()].rstrip()
        else:
            break
    return name, role


def _role(words: str) -> Role:
    if any(word in words for word in _LEADING):
        return Role.LEADS
    return Role.HELPS if any(word in words for word in _HELPING) else Role.NONE


def _is_all(match: re.Match[str], counties: Sequence[str]) -> bool:
    if match["all"]:
        return _number(match["all"]) == len(counties)
    named = match["counties"] or match["then"], match["districts"] or match["first"]
    said = tuple(map(_number, named))
    return said == (
        sum(name.endswith("县") for name in counties),
        sum(name.endswith("区") for name in counties),
    )


def _number(sign: str) -> int | None:
    return _NUMBERS.get(sign, whole(sign, 1, 99))
