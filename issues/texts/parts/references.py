"""同上, 见第三条: what an item says by pointing at another, taken from there and said so."""

import re
from collections.abc import Sequence

from issues.texts.labels import NAMES, UNITS, Told
from issues.texts.numbering import number_of
from issues.texts.record import Part

_ABOVE = re.compile(
    r"[（(]?(?:同上(?:一?[条项件行栏])?|与?上[一]?[条项件]相?同|同前|″|〃|\")[）)]?[。；;]?"
)
_NUMBER = r"(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})"
_AT = re.compile(
    rf"[（(]?(?:详?见|参见|参照|同|与|按照?)(?:本?(?:方案|清单|表))?(?:第{_NUMBER}[条项件个](?:问题|任务)?"
    r"|(?:问题|序号|任务)(?P<named>[一二三四五六七八九十]{1,3}|\d{1,3}))"
    r"(?:相同|一致|办理|执行|要求)?[）)]?[。；;]?"
)
_TAKEN = (*UNITS, "deadline", "region", "types")


def resolve(parts: Sequence[Part]) -> None:
    """In the order of the text, so that 同上 of 同上 is the first of them."""
    for place, part in enumerate(parts):
        part.told = [_resolved(one, part, parts[:place], parts) for one in part.told]


def _resolved(one: Told, part: Part, before: Sequence[Part], all_: Sequence[Part]) -> Told:
    words = one.text.strip()
    match = _AT.fullmatch(words)
    if match is None and not _ABOVE.fullmatch(words):
        return one
    number = match and number_of(match["number"] or match["named"])
    other = _numbered(all_, number, part) if number else next(iter(before[::-1]), None)
    names = NAMES.get(one.field, (one.field,))
    said = other and next((said for said in other.told if said.field == one.field), None)
    is_taken = said is not None and one.field in _TAKEN
    why = f"取自“{said.text[:40]}”" if said and is_taken else "没有从所指的一件取，请核对"
    for name in names:
        part.draft.guess(name, f"原文“{words[:40]}”，{why}")
    if said and is_taken:
        return one._replace(text=said.text)
    return one._replace(text="") if one.field in _TAKEN else one


def _numbered(parts: Sequence[Part], number: int, part: Part) -> Part | None:
    """The one item of that number, in the same style of numbers where several have it."""
    found = [one for one in parts if one is not part and number_of(one.draft.mark) == number]
    if len(found) > 1:
        found = [one for one in found if one.draft.mark[:1] == part.draft.mark[:1]] or found
    return found[0] if len(found) == 1 else None
