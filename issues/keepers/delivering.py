"""That a keeper was handed the printed list of tickets: one line of the keeper's history.

Messages go to addresses that a person with an account has proven (issues/messages/addresses.py);
who has no account is reached by paper alone. Never commits.
"""

from collections.abc import Mapping

from auth.actor import Actor
from issues.ground.refusals import Incomplete
from issues.keepers import roll
from issues.keepers.giving import from_day
from issues.models import Keeper
from issues.vocabulary import KeeperAct

ON, TICKETS = "交送日期", "登记时包保的未销号问题"
"""Under these names the history tells of it."""


def deliver(actor: Actor, keeper_id: int, said: Mapping[str, str], tickets: int) -> Keeper:
    """`said`: on, today where it is empty; reason, to whom and how, may be empty.

    Raises NotAllowed, NotFound, WrongStatus, Incomplete.
    """
    roll.require(actor)
    row = roll.standing(keeper_id, actor)
    day, wrong = from_day(said.get("on", ""), "交送日期")
    note = said.get("reason", "").strip()
    errors = {"on": [wrong]} if wrong else {}
    if len(note) > roll.LONGEST_REASON:
        errors["reason"] = [f"说明最多{roll.LONGEST_REASON}个字"]
    if errors:
        raise Incomplete(errors)
    detail = {ON: day.isoformat(), TICKETS: f"{tickets}件"}
    roll.record(row, KeeperAct.DELIVER, actor, note, detail)
    return row
