"""Many accounts disabled at once, or enabled again: each on its own, and told why where it is not.

Never commits.
"""

from collections.abc import Collection

from auth import people
from auth.acting import require
from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.ground.refusals import Incomplete, Refusal
from issues.rights.table import Right

LONGEST_REASON, MOST = 200, 200


def set_active(
    actor: Actor, users: Collection[int], reason: str, *, is_active: bool
) -> list[tuple[str, str]]:
    """Of whom it was not done, the account and why. Raises NotAllowed, Incomplete."""
    require(actor, Right.ACCOUNTS)
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多{LONGEST_REASON}个字。"]})
    if not 0 < len(users) <= MOST:
        raise Incomplete({"chosen": [f"请勾选1至{MOST}个账号。"]})
    refused = []
    for user_id in sorted(users):
        try:
            with db.session.begin_nested():
                if is_active:
                    people.enable(actor, user_id, reason)
                else:
                    people.disable(actor, user_id, reason)
        except Refusal as refusal:
            user = db.session.get(User, user_id)
            refused.append((user.name if user else str(user_id), refusal.sentence))
    return refused
