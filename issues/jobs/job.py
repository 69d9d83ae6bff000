"""What a job is: a list of units found from data and dates, and the doing of one of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from config import ROOT
from issues.dossiers.sealing import Seal
from issues.evidence.storage.store import Store
from issues.notices.fonts.faces import Faces

MIGRATIONS = str(ROOT / "migrations")


class Outside(NamedTuple):
    """Where anchors are kept outside the database: a folder, and addresses of the settings."""

    folder: Path | None = None
    urls: tuple[str, ...] = ()


class Copies(NamedTuple):
    """Where each day's backup goes, and how many of them are kept.

    What came back is verified with `earlier_secrets` beside the secret of today.
    """

    folder: Path | None = None
    kept: int = 14
    earlier_secrets: tuple[str, ...] = ()
    migrations: str = MIGRATIONS


NOWHERE = Outside()
NO_COPIES = Copies()


@dataclass(frozen=True, slots=True)
class Tools:
    """What a step works with. `at` is the moment its acts are dated on the business day.

    `faces` loads the fonts of documents, for a step that draws any, `seal` signs dossiers.
    """

    on: date
    at: datetime
    store: Store
    secret: str
    notify_urls: tuple[str, ...] = ()
    faces: Callable[[], Faces] | None = None
    seal: Seal | None = None
    anchors: Outside = NOWHERE
    copies: Copies = NO_COPIES


@dataclass(frozen=True, slots=True)
class Job:
    """`find` names what is to be done on the day, from data alone: nothing is remembered.

    `do` does one unit inside the caller's transaction and says whether it did anything: another
    process may have been faster. `counts` words the units in the report.

    `is_outward` speaks to others: it is looked after all day long, and opens its own transactions,
    so that none waits for the far side. One that `is_asked` for by a person does the same.

    `is_of_the_last_day`: what it finds on a day holds what the days before left undone, so that
    after a stand-still it is asked for today alone.
    """

    name: str
    label: str
    find: Callable[[Tools], Iterable[str]]
    do: Callable[[Tools, str], int]
    counts: str = "件"
    is_outward: bool = False
    is_asked: bool = False
    is_of_the_last_day: bool = False

    @property
    def is_all_day(self) -> bool:
        return self.is_outward or self.is_asked
