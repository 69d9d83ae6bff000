"""The city's own words for its documents: who issues, 代字, 依据, 抄送. Each may be set anew."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.models import Setting
from issues.notices.kinds import REPORT
from issues.notices.kinds.shape import IssuerFacts
from issues.vocabulary import COMPLAINT_SOURCES, INSPECTION_SOURCES, NoticeKind, Source

Words = Mapping[str, Any]

OFFICE = "office"
COMMITTEE = "committee"
ISSUED_BY_COMMITTEE = frozenset({NoticeKind.N6, NoticeKind.N7})
DEFAULTS: dict[str, Any] = {
    "notice_issuers": {
        OFFICE: {
            "mark": "巴中市生态环境保护委员会办公室",
            "name": "巴中市生态环境保护委员会办公室",
            "short": "市环委办",
        },
        COMMITTEE: {
            "mark": "巴中市生态环境保护委员会",
            "name": "巴中市生态环境保护委员会",
            "short": "市环委会",
        },
    },
    "notice_series": {
        "N0": "巴环委办交",
        "N1": "巴环委办提",
        "N2": "巴环委办督",
        "N3": "巴环委办督",
        "N4": "巴环委办约",
        "N5": "巴环委办通",
        "N5-report": "巴环委办专报",
        "N6": "巴环委督",
        "N7": "巴环委移",
        "N8": "巴环委办函",
    },
    "notice_basis": ["《中华人民共和国环境保护法》", "巴中市突出生态环境问题整改督办工作规定"],
    "notice_basis_inspection": "《中央生态环境保护督察工作规定》",
    "notice_copies": {"N2": [], "N3": ["市目标绩效办"], "N6": ["市目标绩效办"]},
    "notice_report_to": ["市委", "市人大常委会", "市政府", "市政协"],
    "notice_everybody": "各县（区）人民政府，各管理委员会，市级有关部门",
    "notice_discipline": "中共巴中市纪律检查委员会机关",
    "notice_contact": {"name": "市环委办督办组", "phone": ""},
    "notice_urgency": {"N3": "特急", "N2": "加急"},
    "hanging_reply_workdays": 10,
}
REPLIED_BY = {
    NoticeKind.N1: "单位负责同志",
    NoticeKind.N2: "单位分管负责同志",
    NoticeKind.N3: "单位主要负责同志",
    NoticeKind.N4: "单位主要负责同志",
    NoticeKind.N6: "单位主要负责同志",
}
COPIED_TO_SPONSOR = frozenset({NoticeKind.N3, NoticeKind.N4, NoticeKind.N6})
COPIED_TO_LEAD = frozenset({NoticeKind.N2, NoticeKind.N3, NoticeKind.N6})
_SIGNS = {"N1": "提", "N2": "督"}
_TO_OTHERS = {NoticeKind.N5: "notice_everybody", NoticeKind.N7: "notice_discipline"}
"""Kinds that are addressed to others than the unit of their row: the city's word for those."""
_INSPECTED = INSPECTION_SOURCES | COMPLAINT_SOURCES
_ENDINGS = {"县（区）": "人民政府", "园区": "管理委员会"}


def words() -> Words:
    """The city's words over those shipped. One statement."""
    rows = db.session.execute(select(Setting.key, Setting.value).where(Setting.key.in_(DEFAULTS)))
    return DEFAULTS | {row.key: row.value for row in rows}


def office() -> str:
    """Who answers for what the system prints. One statement."""
    return str(words()["notice_issuers"][OFFICE]["name"])


def series(name: str, said: Words) -> str:
    """代字 of a template: its own, else its kind's; one the city has not set is the shipped one."""
    known = DEFAULTS["notice_series"] | said["notice_series"]
    return str(known.get(name) or known[name.partition("-")[0]])


def issuer(kind: NoticeKind, said: Words) -> IssuerFacts:
    found: IssuerFacts = said["notice_issuers"][
        COMMITTEE if kind in ISSUED_BY_COMMITTEE else OFFICE
    ]
    return found


def issuer_of(centre: str, said: Words) -> IssuerFacts:
    """Of a county's centre by its code: the city's word for it, else the unit's own names."""
    known = said["notice_issuers"].get(centre)
    if known is not None:
        told: IssuerFacts = known
        return told
    unit = db.session.scalars(select(Unit).where(Unit.code == centre)).one()
    return {"mark": unit.name, "name": unit.name, "short": unit.short_name}


def series_of(centre: str, name: str, said: Words) -> str:
    """代字 of a centre's paper: a word of the city's, else its short name with the kind's sign."""
    known = said["notice_series"].get(f"{centre} {name}")
    return str(known or f"{issuer_of(centre, said)['short']}{_SIGNS[name]}")


def basis(sources: set[Source], said: Words) -> list[str]:
    law = list(said["notice_basis"])
    return [said["notice_basis_inspection"], *law] if sources & _INSPECTED else law


def addressee(kind: NoticeKind, unit: Unit, said: Words) -> str:
    """主送机关 in full; a 通报 goes to everybody, a referral to the discipline organ."""
    return str(said[_TO_OTHERS[kind]]) if kind in _TO_OTHERS else full_name(unit)


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
    if kind not in _TO_OTHERS:
        return unit
    return frozen or str(said()[_TO_OTHERS[kind]])


def full_name(unit: Unit) -> str:
    """A county is addressed as its government."""
    ending = _ENDINGS.get(unit.kind, "")
    return unit.name if unit.name.endswith(ending) else f"{unit.name}{ending}"
