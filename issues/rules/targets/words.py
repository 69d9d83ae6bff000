"""Targets in the words of a plan, a standard or a cell: 氨氮≤1.0mg/L, 达到97%以上, 新建60座.

A wrong sense is worse than none: what can be meant in two ways is left out, and a nature that the
words do not tell is None, for a person to say. 以上 and 以下 hold the bound itself, 低于 and 不足
do not (民法典 第一千二百五十九条).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from issues.rules.targets import units
from issues.rules.targets.numerals import FIGURE, HAN, figure
from issues.vocabulary import Nature, Sense

_NOT = r"(?:不|不得|不应|不能|不可|不宜|不会|不再|严禁|禁止|防止|避免|杜绝|未)"
_MORE, _LESS = r"(?:超过|高于|大于|多于|超出)", r"(?:低于|少于|小于|不足)"
_OR_ALIKE = r"(?:或者?)?等于"
BEFORE: tuple[tuple[str, Sense | None], ...] = (
    (rf"(?:≥|>=|⩾|≧|{_MORE}{_OR_ALIKE}|{_NOT}{_LESS}|至少(?:完成|达到)?)", Sense.GE),
    (rf"(?:≤|<=|⩽|≦|{_LESS}{_OR_ALIKE}|{_NOT}{_MORE}|至多|最多)", Sense.LE),
    (rf"(?:>|{_MORE})", Sense.GT),
    (rf"(?:<|{_LESS})", Sense.LT),
    (r"(?:控制|限制|压减|压降|降低?|下降|减少|削减)(?:在|到|至)", Sense.LE),
    (r"(?:提高|提升|增加?|升|上升|扩大)(?:到|至)", Sense.GE),
    (r"(?:达到?|达至|实现|完成)", Sense.GE),
    (r"(?:(?:保持|稳定|维持|持续)(?:在|达到)?)", None),
)
"""What stands before a figure and on which side of it the target holds; None: it tells nothing."""
AFTER = {
    "及以上": Sense.GE, "以上": Sense.GE, "及以下": Sense.LE, "以下": Sense.LE,
    "以内": Sense.LE, "之内": Sense.LE,
}  # fmt: skip
_REACHES = re.compile(r"(?:达到?|达至|实现|完成)")
_KEPT = re.compile(r"保持|稳定|维持|持续|始终|长期|全部|每次|均")
_WORDS_BEFORE = "|".join(f"(?P<s{at}>{words})" for at, (words, _) in enumerate(BEFORE))
_UNIT = "|".join(re.escape(unit) for unit in units.ALL)
_TARGET = re.compile(
    rf"(?:{_WORDS_BEFORE})?(?P<cent>百分之)?(?P<figure>{FIGURE})"
    rf"(?:\((?P<inner>{_UNIT})\)|(?P<unit>{_UNIT}))?(?P<after>{'|'.join(AFTER)})?"
)
_ALL_HOLD = re.compile(r"(?P<name>[^,;。:、\s]{2,30}?)(?:全部|均|全面)(?:稳定)?达标(?![排率])")
_CLAUSE = re.compile(r"[^,;。!?\n]+")
_UNSURE = re.compile(r"(?:未能?|没有?|尚未|难以|无法|是否|仅|只|已|目前|原有?|约)(?:再|曾|经)?$")
_LEADING = re.compile(
    r"^(?:\d{1,2}[.)](?!\d)|\(\d{1,2}\)|\d{4}年(?:\d{1,2}月)?(?:底|末)?(?:前|,)?|到|至|在(?!线|建|产|用)|确保|力争|实现|使|将|把|"
    r"、|其中|全面|并|且|和|及|则|即|要求|目标(?:值)?为?|:|按|保证|推动|做到)+"
)
_TRAILING = re.compile(
    r"(?:由[^由]{1,12}|应当?|要|须|需|必须|都|均|全部|始终|长期|持续|稳定|保持|维持|为|在|是|可|能|浓度值|排放限值|限值|:|=)+$"
)
_OWN_UNIT = re.compile(rf"\((?P<unit>{_UNIT})\)$")
_VERB = re.compile(
    r"(?:新建|改建|扩建|建设|建成|完成|整治|治理|改造|新增|安装|清运|清理|种植|布设|新布|关停)$"
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = str.maketrans(
    {
        "〈": "<", "〉": ">", "µ": "μ", "㎡": "m²", "㎥": "m³", "㎞": "km", "㎎": "mg", "㎍": "μg",
        "﹪": "%", "﹤": "<", "﹥": ">", "－": "-", "—": "-", "–": "-", "～": "~", "\u3000": " ",
    }
)  # fmt: skip
_BLANK = re.compile(r"(?<!\w)[^\S\n]+|[^\S\n]+(?!\w)|(?<=[^\x00-\xff]) +| +(?=[^\x00-\xff])")
"""Between two words of figures and letters it parts them: PM2.5 27.4."""
_IN_RANGE = re.compile(r"[\d%\w][~-]$")
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Proposed:
    """A target as words tell it, for a person to confirm. `nature` is None where they do not."""

    name: str
    sense: Sense
    value: Decimal
    unit: str
    nature: Nature | None
    quote: str


def proposed(text: str) -> list[Proposed]:
    """Every target that the words leave no doubt of, in their order, none twice."""
    found = [one for clause in _CLAUSE.finditer(plain(text)) for one in _of_clause(clause[0])]
    return list(dict.fromkeys(found))


def plain(text: str) -> str:
    """Half-width and without idle blanks; line breaks stay, as they part clauses."""
    text = text.translate(_WIDE).translate(_SIGNS)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return _BLANK.sub("", text)


def _of_clause(clause: str) -> Iterator[Proposed]:
    if told := _ALL_HOLD.search(clause):
        name = f"{_named(told['name'])}达标率"[:LONGEST_NAME]
        yield Proposed(name, Sense.GE, Decimal(units.WHOLE), "%", Nature.KEEP, clause)
        return
    begins = 0
    for match in _TARGET.finditer(clause):
        if one := _read(clause, begins, match):
            yield one
            begins = match.end()


def _read(clause: str, begins: int, match: re.Match[str]) -> Proposed | None:
    """None where the figure is no target, or one that can be meant in two ways."""
    value = figure(match["figure"])
    unit = "%" if match["cent"] else match["unit"] or match["inner"] or ""
    words, after = clause[begins : match.start()], clause[match.end() :]
    if value is None or _is_another_figure(match, words, after, unit):
        return None
    if not unit and (own := _OWN_UNIT.search(words)):
        unit, words = own["unit"], words[: own.start()]
    name = _named(words)
    sense = _sense(match, name, unit, value)
    if sense is None:
        return None
    is_kept = bool(_KEPT.search(words + _before(match))) or units.is_rate_of_all(name, unit, value)
    name = _whole_name(name, after)
    if not name:
        return None
    nature = units.nature_of(sense, unit, name, is_kept=is_kept)
    return Proposed(name[:LONGEST_NAME], sense, value, unit, nature, clause)


def _before(match: re.Match[str]) -> str:
    return next((match[f"s{at}"] for at in range(len(BEFORE)) if match[f"s{at}"]), "")


def _is_another_figure(match: re.Match[str], words: str, after: str, unit: str) -> bool:
    """Part of a name (PM2.5), of a range, of a date or a term, or said of things as they are.

    Nor is it a target by which some things are picked out, as 超过50座的.
    """
    is_bare = not match["cent"] and not _before(match)
    if is_bare and words and words[-1].isascii() and words[-1] not in ") ":
        return True
    if _IN_RANGE.search(words) or after[:1] in {"~", "-", "/", ".", "^"} or _UNSURE.search(words):
        return True
    if after[:1] == "的" or after[:2] in {"至", "的企"}:
        return True
    has_end = bool(unit) or match["after"] or not after or after[0] in "()"
    if re.fullmatch(HAN, match["figure"]) and not unit:
        return True
    return not has_end


def _sense(match: re.Match[str], name: str, unit: str, value: Decimal) -> Sense | None:
    """That of the words before and after; None where they contradict each other or tell none."""
    before = next(
        ((words, BEFORE[at][1]) for at in range(len(BEFORE)) if (words := match[f"s{at}"])), None
    )
    after = AFTER.get(match["after"] or "")
    if before is None or before[1] is None:
        is_all = unit == "%" and value == units.WHOLE and (name.endswith("率") or before)
        return after or (Sense.GE if is_all else None)
    words, sense = before
    if _REACHES.fullmatch(words):
        if after is None and not (unit in units.RATES or units.is_counted(unit)):
            return None
        return after or sense
    return sense if after in {None, sense} else None


def _named(words: str) -> str:
    """What is measured, without what leads to it and what leads on to the figure."""
    words = words.rpartition(":")[2] or words
    return _TRAILING.sub("", _LEADING.sub("", words)).strip(" ()\"“”'《》的")


def _whole_name(name: str, after: str) -> str:
    """新建 alone names nothing: what follows the figure is what is counted."""
    if name and not _VERB.fullmatch(name):
        return name
    return f"{name}{after.strip('()')}"
