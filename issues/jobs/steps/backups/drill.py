"""Once a month put the newest backup back beside, to see that it can be; tell where it cannot."""

from datetime import date

from extensions import db, transaction
from issues.backups import drills
from issues.jobs.job import Tools
from issues.messages.happening import Happening
from issues.messages.telling import tell_of
from issues.rights.holders import have_any
from issues.rights.words import Right
from issues.vocabulary import MessageEvent

CALLED = "恢复演练未通过"
PAGE = "/admin/running"


def find(tools: Tools) -> list[str]:
    """The day of the backup, by the real clock; nothing where this month's was put back well."""
    folder = tools.copies.folder
    day = drills.due(folder) if folder is not None else None
    return [day.isoformat()] if day is not None else []


def do(tools: Tools, unit: str) -> int:
    """No transaction is open: nobody waits for it. Raises what the drill raises, once told."""
    copies = tools.copies
    if copies.folder is None:
        return 0
    secrets = (tools.secret, *copies.earlier_secrets)
    means = drills.Means(copies.folder, tools.store, copies.migrations, secrets)
    try:
        return int(drills.drill(means, date.fromisoformat(unit)))
    except Exception:
        with transaction():
            tell_of(_failed(tools, unit))
        raise


def _failed(tools: Tools, unit: str) -> Happening:
    """To the system's administrators, whatever fault it was."""
    db.session.rollback()
    return Happening(
        MessageEvent.TASK, CALLED, PAGE, tools.on, f"drill-{unit}", have_any([Right.SET_QUOTA]),
        for_systems=False,
    )  # fmt: skip
