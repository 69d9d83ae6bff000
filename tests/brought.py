"""A workbook brought in as the import brings it in, and the tickets it made."""

import hashlib

from sheets import COMPLAINTS, LEDGER, PROGRAMME, TODAY
from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.exchange import uploads
from issues.exchange.asking_alike.answers import kept, settled
from issues.exchange.import_report import Workbook
from issues.exchange.importing import import_ledger, understand_workbook
from issues.exchange.reading.constants import profile_of
from issues.exchange.reading.profile import profile_beside
from issues.exchange.undoing.taking_back import take_back
from issues.ground import clock
from issues.models import Issue


def bring(source, actor=SYSTEM, profile=None, rest=""):
    """Import a workbook, given by its path or its bytes.

    `rest` is answered of rows that may be a ticket here.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    profile = profile or (None if isinstance(source, bytes) else profile_beside(source))
    understood = understand_workbook(content, profile, TODAY)
    if rest:
        told = kept("", settled(understood.alike, {}, rest))
        understood = understand_workbook(content, profile_of(told), TODAY)
    digest = hashlib.sha256(content).hexdigest()
    with transaction():
        return import_ledger(
            understood, actor, at=clock.now(), workbook=Workbook("台账.xlsx", digest)
        )


def bring_kept(content, name="台账.xlsx", actor=SYSTEM, profile=None):
    """The same with a row of its own, as the page and the command keep one; the row."""
    understood = understand_workbook(content, profile, clock.today(), is_apart_left=True)
    with transaction():
        row = uploads.note(name, "0" * 64, "", actor, clock.now(), content=content)
        report = import_ledger(
            understood, actor, at=clock.now(), workbook=uploads.workbook_of(row),
            is_apart_left=True,
        )  # fmt: skip
        uploads.confirm(row, report, clock.now())
    return row


def take_back_import(row, actor=SYSTEM, reason="导错了文件"):
    with transaction():
        held = uploads.load(row.id, for_change=True)
        return take_back(held, reason, actor, at=clock.now())


def the_117(shelf):
    """The report of the whole ledger brought in; what it made is kept from the first time on."""

    def build():
        report = bring(LEDGER)
        return db.session.scalars(select(Issue).order_by(Issue.id)).first(), report

    return shelf.of("the 117", build, is_dear=True)[1]


def the_programme(shelf):
    """The points of 2025 brought in as their workbook says, kept from the first time on."""

    def build():
        bring(PROGRAMME)
        return db.session.scalars(select(Issue).order_by(Issue.id)).first(), None

    return shelf.of("the programme", build, is_dear=True)[0]


def the_letters(shelf):
    """The 39 letters brought in, kept from the first time on."""

    def build():
        bring(COMPLAINTS)
        return db.session.scalars(select(Issue).order_by(Issue.id)).first(), None

    shelf.of("the letters", build, is_dear=True)


def ticket(number):
    return db.session.scalars(select(Issue).where(Issue.number == number)).one()
