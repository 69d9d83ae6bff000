"""Units in a text: those behind a label, those of a sentence (由…牵头，…配合), those it mentions.

Names are read by the one reader of units (issues/exchange/reading).
"""

import re
from collections.abc import Sequence

from issues.exchange.reading.unit_names import UnitsRead
from issues.texts.labels import NAMES, Told
from issues.texts.parts import lower, places
from issues.texts.record import Draft, Known

_LED = re.compile(
    r"(?:由|责成|请)(?P<lead>[^，。；：由]{2,80}?)"
    r"(?P<how>牵头|负责|主办|抓好|组织|会同|落实|立即|限期|于(?=\d|[本今年]))"
)
_ALONE = re.compile(
    r"(?<=[（(；;。，])(?P<lead>[^，。；：由（()）]{2,60}?)(?P<how>牵头|主办|负责)(?=[，。；;）)]|$)"
)
"""Without a word that leads to it, as in the brackets at the end of a task."""
_HELPED = re.compile(
    r"(?:^|[，；,;])(?P<names>[^，。；：]{2,120}?)(?:等(?:部门|单位)?)?(?:予以|做好)?配合"
)
_SINGLE = {
    "lead": "lead_unit", "acceptance": "acceptance_unit", "supervising": "supervising_unit",
    "primary": "primary_unit",
}  # fmt: skip
_FIRST = "“{}”写有多个单位，以排在最前的{}为{}"
LABELS = {
    "lead_unit": "牵头单位", "acceptance_unit": "验收单位", "supervising_unit": "督导单位",
    "primary_unit": "主责单位", "responsible_units": "责任单位", "supporting_units": "配合单位",
}  # fmt: skip


def take(draft: Draft, told: Sequence[Told], known: Known) -> None:
    """The units behind the labels of an item."""
    for one in told:
        read, stand = lower.read(one.text, known)
        for words, county in stand:
            for field in NAMES[one.field]:
                draft.guess(field, f"“{words[:40]}”不在单位名录中，按{county}")
        name = _SINGLE.get(one.field, "")
        if one.field == "units":
            _answering(draft, one, read, known)
        elif name and read.codes:
            first = read.primary or read.codes[0]
            setattr(draft, name, getattr(draft, name) or first)
            others = [code for code in read.codes if code != first]
            if others:
                draft.supporting_units += others
                called = known.directory.called(first)
                draft.guess(name, _FIRST.format(one.word, called, LABELS[name]))
        elif one.field == "supporting":
            draft.supporting_units += read.codes
        _unknown(draft, name or _list_of(one.field), read, known)


def settle(draft: Draft, known: Known) -> None:
    """What follows from the labels, and what the sentences say where no label does."""
    if not draft.units:
        for text in (draft.problem, *(one.text for one in draft.measures)):
            _of_sentences(draft, text, known)
    if not draft.units:
        _mentioned(draft, known)
    if not draft.primary_unit and draft.lead_unit:
        draft.primary_unit = draft.lead_unit
        is_unread = any(one.field == "responsible_units" for one in draft.guesses)
        why = "责任单位没有认出" if is_unread else "原文只写了牵头单位"
        why = "责任单位是各县（区）" if draft.responsible_units else why
        why = "工作要点的任务由牵头单位总负责" if known.is_programme else why
        draft.guess("primary_unit", f"{why}，以牵头单位为主责单位")
    draft.responsible_units = _others(draft.responsible_units, draft.primary_unit)
    kept = {draft.primary_unit, draft.lead_unit, *draft.responsible_units}
    draft.supporting_units = [c for c in dict.fromkeys(draft.supporting_units) if c not in kept]
    if draft.acceptance_unit and draft.acceptance_unit == draft.primary_unit:
        draft.acceptance_unit = ""
        draft.guess("acceptance_unit", "原文的验收单位就是主责单位，没有采用，请另选")
    if not draft.region:
        _region(draft, known)


def _answering(draft: Draft, one: Told, read: UnitsRead, known: Known) -> None:
    named = list(read.responsible or read.codes)
    draft.responsible_units += named
    draft.supporting_units += [code for code in read.codes if code not in named]
    if read.collective or not read.primary or draft.primary_unit or known.is_programme:
        return
    draft.primary_unit = read.primary
    if len(named) > 1:
        called = known.directory.called(read.primary)
        draft.guess("primary_unit", _FIRST.format(one.word, called, LABELS["primary_unit"]))


def _of_sentences(draft: Draft, text: str, known: Known) -> None:
    """由市水利局牵头，市住建局配合: a sentence is no label, so all of it is a guess."""
    for match in (*_LED.finditer(text), *_ALONE.finditer(text)):
        read = known.directory.read(match["lead"])
        if not read.codes or read.unknown:
            continue
        name = "lead_unit" if match["how"] == "牵头" else "primary_unit"
        if not getattr(draft, name):
            setattr(draft, name, read.codes[0])
            draft.responsible_units += read.codes[1:]
            draft.guess(name, f"从“{match[0]}”一句读出")
    for match in _HELPED.finditer(text):
        read = known.directory.read(match["names"])
        if read.codes and not read.unknown:
            draft.supporting_units += read.codes
            draft.guess("supporting_units", f"从“{match[0].strip('，；')}”一句读出")


def _mentioned(draft: Draft, known: Known) -> None:
    """The county it speaks of, else the first body: a proposal and no more."""
    found = known.directory.mentioned(f"{draft.title}\n{draft.problem}")
    named = [code for code in found if known.directory.is_territory(code)]
    county, name = places.county_of(draft, known)
    if not named and (body := known.directory.body_of(county)):
        draft.primary_unit = body
        called = known.directory.called(body)
        draft.guess("primary_unit", f"原文没有写责任单位，按文中“{name}”所在的{called}")
    elif not found and known.place:
        draft.primary_unit = known.place
        called = known.directory.called(known.place)
        draft.guess("primary_unit", f"原文没有写责任单位，按文件标题中的{called}")
    elif code := next(iter(named or found), None):
        draft.primary_unit = code
        draft.responsible_units += [c for c in named if c != code]
        called = known.directory.called(code)
        draft.guess("primary_unit", f"原文没有写责任单位，按文中提到的{called}")
    else:
        draft.guess("primary_unit", "原文没有写责任单位，请选择")


def _region(draft: Draft, known: Known) -> None:
    directory = known.directory
    answering = [draft.primary_unit, *draft.responsible_units]
    counties = [c for c in answering if c and directory.is_territory(c)]
    if len(counties) != 1:
        found = directory.mentioned(f"{draft.title}\n{draft.problem}")
        counties = counties or [code for code in found if directory.is_territory(code)]
        county, name = places.county_of(draft, known)
        if not counties and county:
            draft.region = county
            draft.guess("region", f"原文没有写行政区域，按文中“{name}”所在的县（区）")
            return
        counties = counties or ([known.place] if known.place else [])
    if len(set(counties)) == 1:
        draft.region = directory.units[counties[0]].region_code
        draft.guess("region", f"原文没有写行政区域，按{directory.called(counties[0])}")
    else:
        draft.region = directory.city_code
        why = "涉及多个县（区）" if counties else "没有写到某一个县（区）"
        draft.guess("region", f"原文{why}，按全市")


def _unknown(draft: Draft, name: str, read: UnitsRead, known: Known) -> None:
    for words in read.unknown:
        why = known.directory.why_unknown(words)
        draft.guess(name, f"“{words[:40]}”不在单位名录中，没有采用{why}")


def _list_of(name: str) -> str:
    return "supporting_units" if name == "supporting" else "responsible_units"


def _others(codes: Sequence[str], first: str) -> list[str]:
    return [code for code in dict.fromkeys(codes) if code != first]
