"""What units are called besides their names: rows that whoever reads and searches goes by.

An alias names one unit. One that another unit is known by, in whatever form, is refused: it would
send every ticket of a list to another body without a word.
"""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from auth.models import Unit, UnitAlias
from extensions import db, plain_rows
from issues import audit, units
from issues.exchange.reading.unit_names import Directory, UnitName
from issues.exchange.reading.words import unit_forms
from issues.exchange.workbook.sheet import plain
from issues.ground import clock, signs
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.rights.table import Right, holds
from issues.vocabulary import AliasKind, Subject, UnitAct

LONGEST, LONGEST_REASON, MOST_OF_ONE = 80, 2000, 30
LABELS = {"text": "别称", "unit": "单位", "kind": "类别", "reason": "理由"}


def unit_names() -> list[UnitName]:
    """Every unit by what a sheet may call it; one that is ended is called nothing any more."""
    aliases = _by_unit()
    rows = db.session.scalars(select(Unit).order_by(Unit.position, Unit.id))
    return [
        UnitName(
            u.code,
            u.name,
            u.short_name,
            u.kind,
            u.region,
            tuple(aliases[u.id]),
            is_ended=u.ended_at is not None,
        )
        for u in rows
    ]


def _by_unit() -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    asked = select(UnitAlias.unit_id, UnitAlias.text).where(UnitAlias.ended_at.is_(None))
    for row in plain_rows(asked.order_by(UnitAlias.id)):
        found[row.unit_id].append(row.text)
    return found


def add(actor: Actor, said: Mapping[str, str]) -> UnitAlias:
    """Never commits. Raises NotAllowed, Incomplete."""
    _require(actor)
    text, reason = signs.clean(said.get("text", "")).strip(), said.get("reason", "").strip()
    db.session.execute(select(Unit.id).with_for_update()).all()  # one alias at a time
    live = select(Unit).where(Unit.code == said.get("unit", ""), Unit.ended_at.is_(None))
    unit = db.session.scalars(live).first()
    kind = AliasKind.of(said.get("kind", ""))
    errors = _faults(text, unit)
    if unit is None:
        errors["unit"] = ["请选择单位"]
    if kind is None:
        errors["kind"] = ["请选择类别"]
    if not 0 < len(reason) <= LONGEST_REASON:
        errors["reason"] = [f"请写明理由，如机构改革文件号，最多{LONGEST_REASON}字"]
    if errors or unit is None or kind is None:
        raise Incomplete(errors)
    at = clock.now()
    row = UnitAlias(
        unit_id=unit.id, text=text, plain=units.plainest(text), kind=kind, made_at=at,
        made_by_id=actor.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _record(row, UnitAct.ADD_ALIAS, actor, reason)
    return row


def end(actor: Actor, alias_id: int) -> UnitAlias:
    """Never commits. Raises NotAllowed, NotFound. One that is ended stays as it is."""
    _require(actor)
    asked = select(UnitAlias).where(UnitAlias.id == alias_id).with_for_update()
    row = db.session.scalars(asked).first()
    if row is None:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = clock.now()
        _record(row, UnitAct.END_ALIAS, actor, "")
    return row


def _faults(text: str, unit: Unit | None) -> dict[str, list[str]]:
    if not 0 < len(text) <= LONGEST:
        return {"text": [f"请填写别称，最多{LONGEST}个字"]}
    if wrong := signs.fault(text):
        return {"text": [f"别称{wrong}"]}
    known = unit_names()
    directory = Directory(known)
    if why := directory.is_no_name(text):
        return {"text": [f"“{text}”不能作为一个单位的别称{why}"]}
    own = next((one for one in known if unit is not None and one.code == unit.code), None)
    if own is not None and len(own.aliases) >= MOST_OF_ONE:
        return {"text": [f"一个单位最多{MOST_OF_ONE}个别称，请先停用不再使用的"]}
    return _taken(directory, text, own)


def _taken(directory: Directory, text: str, own: UnitName | None) -> dict[str, list[str]]:
    """Its every form, since each of them would be read as this unit's."""
    if own is not None and directory.find(text) == own.code:
        return {"text": [f"“{text}”已经认得是{own.short_name}，不用添加"]}
    for form in unit_forms.of_alias(text, own.kind if own else "", directory.city):
        code = directory.find(form)
        if code is not None and (own is None or code != own.code):
            said = f"“{plain(form)}”已经是{directory.called(code)}的叫法，台账将分不清两者"
            return {"text": [said]}
    return {}


def _require(actor: Actor) -> None:
    if actor is not SYSTEM and not holds(actor, Right.ALIASES):
        raise NotAllowed("单位的别称由市环委办经办人员和系统管理员维护。")


def _record(row: UnitAlias, act: UnitAct, actor: Actor, reason: str) -> None:
    detail = {LABELS["text"]: row.text, LABELS["kind"]: row.kind.label}
    audit.record(
        Subject.UNIT, row.unit_id, act, actor, at=clock.now(), reason=reason, detail=detail
    )
