"""What a paper says of the ticket itself: its source, its place, its units, its leader.

A unit may be called in full or in short; another name than the record's is another unit.
"""

import re
from collections.abc import Callable, Iterator

from issues.notices.kinds.claims.claim import Claim, Facts, Lacks, Said, row
from issues.notices.kinds.shape import IssueFacts
from issues.notices.kinds.wording import listed

_IS = r"(?:单位)?(?:分别)?[为是系：]：?"
_NAME = r"[^\s，。；：的未不负应须将]{2,40}"
_BODY = r"[\u4e00-\u9fff]{1,14}(?:人民政府|管委会|局|委|[区县])"
_UNSAID = "(?!)"
_NOBODY = re.compile("你|本|该|其|各|主|组|重点|第一|上述|有关|相关|我|谁|哪|何")
"""At the beginning of a name: no name."""
_SHORT = 3
_LIKE_A_UNIT = re.compile(
    r"(?:[局府区县市委办室司心会院厂团队乡镇处所长]|街道|部门|书记|主任|同志)$"
)
_ENDING = re.compile(r"(?:人民政府|管理委员会|管委会|党委|党工委)$")
_CITY = r"(?:我?市|[\u4e00-\u9fff]{2,3}市)?"
"""A place may be told with its city before it, this one or another."""
_PLACE = rf"(?:位于|地处|地点[为在：]|坐落于){_CITY}(?P<place>[\u4e00-\u9fff]{{1,3}}?[区县])"
_NO_PLACE = re.compile(
    "[园库景厂小社护发山林灌矿城辖片校街源活殖新郊牧市地农港货该本各全]区|[该本各全市]县"
)
_SOURCES = (
    ("中央|国家", "中央|警示片"), ("省", "省级"), ("暗访", "暗访"), ("自查", "自查"),
)  # fmt: skip
_SOURCE = (
    r"(?:由|来源于|来自|源于|系|属于?|[是为])(?:第?[一二三四]轮)?(?:"
    r"(?:中央|国家|省级?|省委)(?:第[一二三四五六七八]+)?(?:生态环境保护|生态环境|生态环保|环保)?督[察查]组?(?:反馈|交办|移交|转办|"
    r"指出|发现|通报|信访|专函)|(?:市级)?暗访(?:督导)?(?:发现|交办|查实|反馈)|自查(?:发现|上报))|"
    r"(?:来源于|来自|源于)(?:中央|国家|省级?)(?:生态环境保护|生态环境|环保)?督察|"
    r"(?:中央|国家|省级?)(?:生态环境保护|生态环境|环保)?督察组?(?:反馈|交办|移交|指出|通报)了?(?:该|本|此)(?:问题|事项)"
)


Names = Callable[[IssueFacts], list[str] | None]


def _bare(name: str) -> str:
    short = _ENDING.sub("", "".join(name.split()))
    return re.sub("(?<=..)[区县市]$", "", short)


def _is_called(said: str, known: str) -> bool:
    """涪城区, 涪城区人民政府 and 绵阳市涪城区 are one; so are 市水利局 and 绵阳市水利局."""
    one, other = _bare(said), _bare(known)
    is_part = one.endswith(other) or other.endswith(one)
    return bool(one and other) and (one == other or (min(len(one), len(other)) > 1 and is_part))


def _units(*roles: str, plain: str = "") -> Callable[[IssueFacts], list[str] | None]:
    """The names of those in these roles; None where the facts tell none of any role."""

    def names(issue: IssueFacts) -> list[str] | None:
        held = issue.get("units")
        own: object = issue.get(plain) if plain else ""
        if held is None:
            return [str(own)] if own else None
        found = [name for role in roles for name in held.get(role, ())]
        return [*found, str(own)] if own else found

    return names


_TURNED = re.compile(r"(?:作?为|是|系)(?:主责|牵头|责任|验收)单位$|^由|主责$|包案$")


def _names_in(words: str) -> Iterator[str]:
    told = _TURNED.sub("", words)
    told = re.split("[为是系：]：?", told, maxsplit=1)[-1]
    for name in re.split("[、和及与等]", told):
        if len(name) > 1 and not _NOBODY.match(name) and _is_name(name):
            yield name


def _is_name(words: str) -> bool:
    return len(words) <= _SHORT or bool(_LIKE_A_UNIT.search(words))


def _named(label: str, names: Callable[[IssueFacts], list[str] | None]) -> Lacks:
    """Each name that is told is one of the record, of some ticket of the paper."""

    def lacks(facts: Facts, said: Said) -> str:
        told = [names(issue) for issue in facts.get("issues") or ()]
        known = list(dict.fromkeys(name for of in told for name in of or ()))
        if not told or None in told:
            return ""
        for name in _names_in(said.words):
            if not any(_is_called(name, one) for one in known):
                recorded = f"登记的{label}为{listed(known[:3])}" if known else f"没有登记{label}"
                return f"{recorded}，与所写“{name}”不符"
        return ""

    return lacks


def _elsewhere(facts: Facts, said: Said) -> str:
    place = re.sub(rf"^(?:位于|地处|地点.|坐落于){_CITY}", "", said.words)
    issues = facts.get("issues") or []
    known = [issue.get("region_name") or "" for issue in issues]
    texts = [f"{issue.get('title')}{issue.get('problem')}{issue.get('goal')}" for issue in issues]
    if not any(known) or any(_is_called(place, one) for one in known if one):
        return ""
    if any(place in text for text in texts):
        return ""
    return f"登记的位置为{listed(dict.fromkeys(known))}，与所写“{said.words}”不符"


def _other_source(facts: Facts, said: Said) -> str:
    labels = [issue.get("source_label") or "" for issue in facts.get("issues") or ()]
    wanted = next((known for sign, known in _SOURCES if re.search(sign, said.words)), "")
    if not any(labels) or not wanted or any(re.search(wanted, label) for label in labels):
        return ""
    return f"登记的来源为{listed(dict.fromkeys(labels))}，与所写“{said.words}”不符"


def _who(label: str, says: str, names: Names, turned: str = "") -> Claim:
    return row(
        label,
        rf"{says}{_IS}{_NAME}|{turned or _UNSAID}",
        _named(label, names),
        unless="建议|拟|调整|变更",
    )


TICKET: tuple[Claim, ...] = (
    row("事项来源", _SOURCE, _other_source, unless="举一反三|对照"),
    row("事项位置", _PLACE, _elsewhere, unless=_NO_PLACE.pattern),
    _who(
        "主责单位", r"主责(?:单位)?", _units("主责单位", plain="primary_unit"),
        rf"{_BODY}(?:作?为|是|系)主责单位|由{_BODY}主责(?!任|单位)",
    ),
    _who(
        "牵头单位", r"(?<!由)牵头(?:单位)", _units("牵头单位", plain="lead_unit"),
        rf"{_BODY}(?:作?为|是|系)牵头单位",
    ),
    _who(
        "责任单位", r"(?<!措施)(?<!主体)责任单位",
        _units("主责单位", "责任单位", "措施责任单位", plain="primary_unit"),
    ),
    _who("验收单位", "验收单位", _units("验收单位"), rf"{_BODY}(?:作?为|是|系)验收单位"),
    _who("包案领导", r"包[案保](?:市)?领导", _units("包案领导", plain="sponsor"),
        r"由?[\u4e00-\u9fff]{1,4}(?:市长|书记|[县区]长|主任|常委)包案(?!领导)"),
)  # fmt: skip
