"""The example city before its first ticket: units, its own words, the rules, the people."""

import csv
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select

from auth import people
from auth.actor import SYSTEM, Actor
from auth.models import Unit, User
from auth.passwords import hash_password
from auth.signin import actor_for
from extensions import db
from issues import audit, regions
from issues.ground import clock
from issues.models import PolicyVersion, Region, Setting
from issues.rules.policy import Policy
from issues.vocabulary import AccountAct, RegionKind, Role, Subject

DATA = Path(__file__).parent / "data"
RULES_FROM = date(2020, 1, 1)
RULES = "默认规则（待市环委办确认）"
PARTNERS = ("巴中市水利局", "巴中市农业农村局", "巴中市住房和城乡建设局")
OFFICE, BUREAU, BAZHOU, ENYANG = "511900-HWB", "511900-STHJ", "511902", "511903"
PERFORMANCE = "511900-JXB"

CAST: dict[str, tuple[str, str | None, Role]] = {
    "sysadmin": ("系统管理员（示例）", None, Role.SYSADMIN),
    "secadmin": ("安全管理员（示例）", None, Role.SECADMIN),
    "auditor": ("审计管理员（示例）", None, Role.AUDITOR),
    "lin": ("林督察（示例）", OFFICE, Role.INSPECTOR),
    "lin2": ("林二督察（示例）", OFFICE, Role.INSPECTOR),
    "sun": ("孙经办（示例）", OFFICE, Role.OFFICE),
    "zhou": ("周主任（示例）", OFFICE, Role.HEAD),
    "chen": ("陈经办（示例）", BAZHOU, Role.REPORTER),
    "chenlead": ("陈区长（示例）", BAZHOU, Role.UNIT_LEADER),
    "wu": ("吴经办（示例）", ENYANG, Role.REPORTER),
    "wulead": ("吴区长（示例）", ENYANG, Role.UNIT_LEADER),
    "liu": ("刘经办（示例）", BUREAU, Role.REPORTER),
    "liulead": ("刘局长（示例）", BUREAU, Role.UNIT_LEADER),
    "zhao": ("赵副市长（示例）", None, Role.LEADER),
    "he": ("何绩效（示例）", PERFORMANCE, Role.PERFORMANCE),
}
"""The accounts every example comes with: shown name, unit, role."""
COUNTY_CAST: dict[str, tuple[str, str | None, Role]] = {
    "luo": ("罗经办（示例）", "511902-ZHZX", Role.COUNTY_OFFICE),
    "ma": ("马主任（示例）", "511902-ZHZX", Role.COUNTY_HEAD),
    "hua": ("华经办（示例）", "511902-104", Role.REPORTER),
    "san": ("桑经办（示例）", "511902-107", Role.REPORTER),
}
"""Those of the one county that has a centre, and of two townships below it."""

CITY_CODE = "511900"
FIRST_COUNTY = "巴州区"
WORDS = {
    "city": "巴中市",
    "number_prefix": "BZ",
    "notice_issuers": {
        "office": {
            "mark": "巴中市生态环境保护委员会办公室",
            "name": "巴中市生态环境保护委员会办公室",
            "short": "市环委办",
        },
        "committee": {
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
        "N9": "巴环委办",
        "N9-minutes": "巴环委办纪",
        "N9-request": "巴环委办请",
        "N9-statement": "巴环委办报",
    },
    "notice_basis": ["《中华人民共和国环境保护法》", "巴中市突出生态环境问题整改督办工作规定"],
    "notice_basis_inspection": "《中央生态环境保护督察工作规定》",
    "notice_copies": {"N2": [], "N3": ["市目标绩效办"], "N6": ["市目标绩效办"]},
    "notice_report_to": ["市委", "市人大常委会", "市政府", "市政协"],
    "notice_everybody": "各县（区）人民政府，各管理委员会，市级有关部门",
    "notice_discipline": "中共巴中市纪律检查委员会机关",
    "notice_partners": list(PARTNERS),
    "notice_contact": {"name": "市环委办督办组（示例）", "phone": "0827-0001234"},
    "notice_urgency": {"N3": "特急", "N2": "加急"},
    "hanging_reply_workdays": 10,
}
"""What the city says of itself on the set-up page."""


def add_units(file_name: str = "units.csv") -> dict[str, Unit]:
    """The units of a file by code, behind those that are here. Never commits."""
    last = db.session.scalar(select(func.max(Unit.position))) or 0
    with (DATA / file_name).open(encoding="utf-8-sig", newline="") as file:
        units = [
            Unit(
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                kind=row["kind"],
                region=row["region_code"],
                position=position,
            )
            for position, row in enumerate(csv.DictReader(file), start=last + 1)
        ]
    db.session.add_all(units)
    db.session.flush()
    return {unit.code: unit for unit in units}


def add_places() -> None:
    """The places of regions.csv, the wider before what lies in them. Never commits."""
    known: dict[str, Region] = {}
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind, parent = RegionKind(row["kind"]), known.get(row["parent"])
            known[row["code"]] = regions.add(row["code"], row["name"], kind, parent)


def add_people(
    units: dict[str, Unit], password: str, told: dict[str, tuple[str, str | None, Role]] = CAST
) -> dict[str, Actor]:
    """The cast, each with the one password, and one digest of it. Never commits.

    By another digest an account is known whose password somebody changed since.
    """
    first = select(User.password_hash).where(User.name == next(iter(CAST)))
    kept, cast, now = db.session.scalar(first) or hash_password(password), {}, clock.now()
    for name, (display_name, code, role) in told.items():
        user = User(
            name=name,
            display_name=display_name,
            unit=units[code] if code else None,
            password_hash=kept,
            password_changed_at=clock.real_now(),
            created_at=now,
        )
        db.session.add(user)
        db.session.flush()
        unit = {"unit": code or ""}
        audit.record(Subject.ACCOUNT, user.id, AccountAct.CREATE, SYSTEM, at=now, detail=unit)
        people.grant(SYSTEM, user.id, role)
        cast[name] = user
    db.session.flush()
    return {name: actor_for(user) for name, user in cast.items()}


def add_words() -> None:
    """The city's own name, prefix and document marks. Never commits."""
    db.session.add_all(Setting(key=key, value=value) for key, value in WORDS.items())


def add_rules(author: User | Actor, approver: User | Actor, at: datetime) -> None:
    """The shipped numbers as the city's first version. Never commits."""
    db.session.add(
        PolicyVersion(
            number=1,
            name=RULES,
            effective_from=RULES_FROM,
            document=Policy.default().document(),
            author_id=author.id,
            approver_id=approver.id,
            reason="示例数据的起始规则",
            published_at=at,
        )
    )
    db.session.flush()
