"""The city's own words for its documents: who issues, 代字, 依据, 抄送. Each may be set anew."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import cast

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.city.lines import (
    BY_KEY,
    COMMITTEE,
    ISSUED_BY_COMMITTEE,
    LINES,
    OFFICE,
    Level,
    require,
)
from issues.city.words import Words, words
from issues.notices.kinds import REPORT
from issues.notices.kinds.shape import ContactFacts, IssuerFacts
from issues.regions import names_of
from issues.vocabulary import COMPLAINT_SOURCES, INSPECTION_SOURCES, NoticeKind, Source

REPLIED_BY = {
    NoticeKind.N1: "单位负责同志",
    NoticeKind.N2: "单位分管负责同志",
    NoticeKind.N3: "单位主要负责同志",
    NoticeKind.N4: "单位主要负责同志",
    NoticeKind.N6: "单位主要负责同志",
}
COPIED_TO_SPONSOR = frozenset({NoticeKind.N3, NoticeKind.N4, NoticeKind.N6})
COPIED_TO_LEAD = frozenset({NoticeKind.N2, NoticeKind.N3, NoticeKind.N6})
_SIGNS = {"N0": "交", "N1": "提", "N2": "督", "N5": "通"}
_TO_OTHERS = {NoticeKind.N5: "notice_everybody", NoticeKind.N7: "notice_discipline"}
"""Kinds that are addressed to others than the unit of their row: the city's word for those."""
NOT_NAMED = "未设置"
_PARTS = ("mark", "name", "short")
_INSPECTED = INSPECTION_SOURCES | COMPLAINT_SOURCES
_ENDINGS = {"县（区）": "人民政府", "园区": "管理委员会"}


def office() -> str:
    """Who answers for what the system prints, as far as the city has said it. One statement."""
    return str(_issued_by(OFFICE, words()).get("name") or "")


def series(name: str, said: Words) -> str:
    """代字 of a template: its own, else its kind's. Raises NotSetUp where the city has none."""
    known = said["notice_series"]
    kind = name.partition("-")[0]
    return str(known.get(name) or known.get(kind) or require(_series_key(kind), said))


def issuer(kind: NoticeKind, said: Words) -> IssuerFacts:
    """What the city has not said is told at its place, and keeps the paper from being signed."""
    level = level_of(kind)
    held = _issued_by(level, said)
    told = {part: held.get(part) or unset(f"{level.key}_{part}") for part in _PARTS}
    return cast("IssuerFacts", {**held, **told})


def level_of(kind: NoticeKind) -> Level:
    return COMMITTEE if kind in ISSUED_BY_COMMITTEE else OFFICE


def _issued_by(level: Level, said: Words) -> Mapping[str, str]:
    found: Mapping[str, str] = said["notice_issuers"].get(level.key) or {}
    return found


def unset(key: str) -> str:
    """What a draft shows where the city has said nothing."""
    return f"【未设置{BY_KEY[key].label}】"


def lacks(texts: Iterable[str], name: str, said: Words) -> list[str]:
    """A sentence for each word of the city that these texts of a paper show to be unset.

    `name` is empty where the paper's 代字 is not the city's.
    """
    shown = " ".join(texts)
    found = [line.lack for line in LINES if unset(line.key) in shown]
    kind = name.partition("-")[0]
    if name and not said["notice_series"].get(name) and not said["notice_series"].get(kind):
        found.append(BY_KEY[_series_key(kind)].lack)
    return found


def _series_key(kind: str) -> str:
    return f"series_{kind.lower()}"


def issuer_of(centre: str, said: Words) -> IssuerFacts:
    """Of a county's centre by its code: the city's word for it, else the unit's own names."""
    known = said["notice_issuers"].get(centre) or {}
    unit = db.session.scalars(select(Unit).where(Unit.code == centre)).one()
    own = {"mark": unit.name, "name": unit.name, "short": unit.short_name}
    return cast("IssuerFacts", own | {part: known[part] for part in _PARTS if known.get(part)})


def everybody_of(centre: Unit, said: Words) -> str:
    """主送 of a centre's 通报: the city's word for it, else whoever answers in its county."""
    known = said["notice_issuers"].get(centre.code) or {}
    place = names_of([centre.region]).get(centre.region, "本县（区）")
    return str(known.get("everybody") or f"{place}各乡镇（街道）、各有关单位")


def series_of(centre: str, name: str, said: Words) -> str:
    """代字 of a centre's paper: a word of the city's, else its short name with the kind's sign."""
    kind = name.partition("-")[0]
    known = said["notice_series"].get(f"{centre} {kind}")
    return str(known or f"{issuer_of(centre, said)['short']}{_SIGNS[kind]}")


def basis(sources: set[Source], said: Words) -> list[str]:
    law = list(said["notice_basis"]) or [unset("basis")]
    if not sources & _INSPECTED:
        return law
    return [said["notice_basis_inspection"] or unset("basis_inspection"), *law]


def contact(said: Words) -> ContactFacts:
    told = said["notice_contact"]
    return {"name": told.get("name") or unset("contact_name"), "phone": told.get("phone") or ""}


def report_to(said: Words) -> list[str]:
    return list(said["notice_report_to"]) or [unset("report_to")]


def addressee(kind: NoticeKind, unit: Unit, said: Words) -> str:
    """主送机关 in full; a 通报 goes to everybody, a referral to the discipline organ."""
    return to_all(kind, said) if kind in _TO_OTHERS else full_name(unit)


def to_all(kind: NoticeKind, said: Words) -> str:
    """主送 of a kind that goes to no unit of its row."""
    word = _TO_OTHERS[kind]
    return str(said[word] or unset(word.removeprefix("notice_")))


def once() -> Callable[[], Words]:
    """The city's words, asked for where somebody needs them, and no more than once."""
    return cache(words)


def listed(
    kind: NoticeKind, form: str | None, frozen: str | None, unit: str,
    said: Callable[[], Words] = words,
) -> str:  # fmt: skip
    """Whom a list names as 主送: a unit by its short name, else the words of the paper.

    Nobody of a 专报, which bears no 主送. `frozen` are the words it was signed with.
    """
    if form == REPORT:
        return ""
    if kind is NoticeKind.N9 or (frozen and any(mark in frozen for mark in "，、")):
        return frozen or ""
    if kind not in _TO_OTHERS:
        return unit
    return frozen or str(said()[_TO_OTHERS[kind]] or NOT_NAMED)


def full_name(unit: Unit) -> str:
    """A county is addressed as its government."""
    ending = _ENDINGS.get(unit.kind, "")
    return unit.name if unit.name.endswith(ending) else f"{unit.name}{ending}"
