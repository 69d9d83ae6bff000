"""The campaign the board shows as a line of its own: one imported batch under the city's own name.

It is kept as a name and a filter of the register, so that its figures and its list are the same.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, select

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit
from issues.colour.policies import setting
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import LedgerImport, Setting
from issues.rights.table import Right, holds
from issues.vocabulary import SettingAct, SettingNumber, Subject

SETTING = "campaign"
LONGEST_NAME = 12


class Campaign(NamedTuple):
    """`asked` is a filter of the register by its names."""

    name: str
    asked: Mapping[str, str]

    def is_of(self, batch: LedgerImport) -> bool:
        return self.asked == asked_of(batch)


def asked_of(batch: LedgerImport) -> dict[str, str]:
    return {"batch": str(batch.id)}


def kept() -> ScalarSelect[Any]:
    """The setting, to be read beside something else."""
    return select(Setting.value).where(Setting.key == SETTING).scalar_subquery()


def campaign_of(document: Mapping[str, Any] | None) -> Campaign | None:
    """What the setting says; None where the city names none."""
    return Campaign(document["name"], document["asked"]) if document else None


def in_force() -> Campaign | None:
    return campaign_of(setting(SETTING))


def put(batch: LedgerImport, name: str, actor: Actor, *, at: datetime) -> None:
    """From now on the board shows this batch under the name. Never commits.

    Raises NotAllowed, WrongStatus where the batch is not here, Incomplete.
    """
    _refuse_others(actor)
    if batch.confirmed_at is None:
        raise WrongStatus("这份工作簿还没有导入，不能在看板单列。")
    if batch.taken_back_at is not None:
        raise WrongStatus("这次导入已经撤回，不能在看板单列。")
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise Incomplete({"name": [f"请写看板上的名称，不超过{LONGEST_NAME}个字"]})
    _write({"name": name.strip(), "asked": asked_of(batch)}, actor, at)


def end(actor: Actor, *, at: datetime) -> None:
    """The board shows no campaign any more. Never commits. Raises NotAllowed."""
    _refuse_others(actor)
    _write(None, actor, at)


def _refuse_others(actor: Actor) -> None:
    if actor is not SYSTEM and not holds(actor, Right.IMPORT):
        raise NotAllowed("看板单列哪一批由市环委办经办人员决定。")


def _write(document: Mapping[str, Any] | None, actor: Actor, at: datetime) -> None:
    before = in_force()
    db.session.merge(Setting(key=SETTING, value=document))
    after = campaign_of(document)
    audit.record(
        Subject.SETTING, SettingNumber.CAMPAIGN, SettingAct.SET_CAMPAIGN, actor, at=at,
        before=before.name if before else "", after=after.name if after else "",
        detail={"asked": dict(after.asked) if after else {}},
    )  # fmt: skip
