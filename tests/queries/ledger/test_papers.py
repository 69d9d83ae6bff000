"""Every figure of every profile's paper against the board of the same day and person."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from registers import REGIONS, TODAY, Register
from sqlalchemy import insert

from extensions import db, transaction
from issues.exchange import profiles
from issues.exchange.writing import brought, register_rows
from issues.exchange.writing.profiles.profile import BY_NAME, READY
from issues.models import Card
from issues.queries.board import page as boards
from issues.queries.ground.day import Standing
from issues.queries.ledger import paper as papers, stood
from issues.queries.register.filters import Filters
from issues.vocabulary import OFF_BOARD, Colour

DAYS = (TODAY, date(2025, 7, 1), date(2025, 9, 3), date(2025, 11, 24), TODAY + timedelta(days=20))
CARDS = ("yellow_cards", "red_cards")


@pytest.fixture
def register(people):
    """A random register, some of its tickets carded, one of the cards only a watch."""
    rng = random.Random(14)  # noqa: S311 - nothing secret
    found = Register(rng, people)
    cards = [
        {"issue_id": ticket.id, "round": 1, "colour": rng.choice(["yellow", "red"]),
         "raised_on": ticket.spans[0].begin, "reason": "示例", "lifted_on": date(2025, 11, 24),
         "is_watch": ticket.id % 5 == 0, "lift_reason": ""}
        for ticket in found.tickets
        if all(span.status not in OFF_BOARD for span in ticket.spans)
    ]  # fmt: skip
    assert len(cards) > 5
    with transaction():
        db.session.execute(insert(Card), cards)
    return found


def told(tally):
    return {colour: tally.of(colour) for colour in Colour}


def shown(lines):
    counted = Counter(line.cells["colour"] for line in lines if not line.is_sum)
    return {colour: counted[colour] for colour in Colour}


def in_words(tally):
    return "、".join(f"{colour.label}{count}" for colour, count in told(tally).items())


def carded(board, units):
    cards = [board.cards.get(unit, Counter()) for unit in units]
    return tuple(sum(one[colour.value] for one in cards) for colour in (Colour.YELLOW, Colour.RED))


def faults(actor, day):
    """What any paper of the day says otherwise than the board."""
    board = boards.board(actor, TODAY, day)
    for profile in profiles.offered(actor):
        drawn = papers.paper(profile, Filters(on=day.isoformat()), actor, TODAY)
        if not drawn.tables[0].lines[-1].is_sum:
            yield profile.name, "its last line is not its totals"
        judged = faults_of_units if profile.name == "bulletin" else faults_of_tickets
        for fault in judged(board, drawn, profile):
            yield profile.name, day, fault


def faults_of_tickets(board, drawn, profile):
    lines = drawn.tables[0].lines
    last, whole = lines[-1].cells, not profile.asked
    wanted = [group for group in board.sources if whole or group.key in profile.asked["source"]]
    tally = boards.Tally()
    for group in wanted:
        for colour in Colour:
            tally.count(colour, group.now.of(colour))
    if shown(lines) != told(tally) or last["colour"] != in_words(tally):
        yield shown(lines), last["colour"], told(tally)
    if whole and tuple(last.get(key) for key in CARDS) not in (
        carded(board, board.cards), (None, None),
    ):  # fmt: skip
        yield "cards", last["red_cards"]
    lots = {one.cells["source"]: one.cells["colour"] for one in lines[:-1] if one.is_sum}
    if profile.group and lots != {group.name: in_words(group.now) for group in board.sources}:
        yield lots


def faults_of_units(board, drawn, _profile):
    units, pressed = drawn.tables
    lines = [
        {"unit": group.name, "in_all": group.now.total, "late": board.late.get(group.key, 0),
         **{colour.value: group.now.of(colour) for colour in Colour},
         **dict(zip(CARDS, carded(board, [group.key]), strict=True))}
        for group in board.units
    ]  # fmt: skip
    said = [dict(line.cells) for line in units.lines]
    if said[: len(lines)] != lines:
        yield said, lines
    wanted = {"unit": "合计", "in_all": board.total.total, "late": sum(board.late.values())}
    wanted |= {colour.value: board.total.of(colour) for colour in Colour}
    if said[-1] != wanted | dict(zip(CARDS, carded(board, board.cards), strict=True)):
        yield said[-1], wanted
    reds = {one: board.total.of(one) for one in (Colour.RED, Colour.YELLOW)}
    if shown(pressed.lines) != reds | {Colour.GREEN: 0, Colour.GREY: 0}:
        yield "pressed"


@pytest.mark.postgresql
def test_every_figure_of_every_profile_is_the_boards(register, people):
    of_the_city = {"complaints"}  # a unit is given no public table
    for viewer, left in (("sun", set()), ("chen", of_the_city)):
        assert {one.name for one in profiles.offered(people[viewer])} == set(BY_NAME) - left
        for day in DAYS:
            assert list(faults(people[viewer], day)) == []


def test_figures_of_another_day_are_found(register, people, monkeypatch):
    """The same check, where a paper reads today's colours for a past day."""
    monkeypatch.setattr(stood, "standing_of", lambda _filters, today: Standing.on(today, today))

    assert {fault[0] for fault in faults(people.sun, date(2025, 9, 3))} >= {"list", "bulletin"}


def test_cards_counted_otherwise_than_on_the_board_are_found(register, people, monkeypatch):
    monkeypatch.setattr(papers.Beside, "of", lambda _self, _key, _one: None)

    assert {fault[0] for fault in faults(people.sun, TODAY)} >= {"list", "bulletin", "flat"}


def test_a_paper_takes_as_many_statements_for_many_as_for_few(register, people, app, monkeypatch):
    """Of one lot: a longer paper takes as many again for each."""
    from page import counted  # noqa: PLC0415 - beside its browser

    monkeypatch.setattr(brought, "AT_ONCE", len(register.tickets))
    monkeypatch.setattr(register_rows, "AT_ONCE", len(register.tickets))
    pairs = 0
    for profile in READY:
        found = []
        for asked in (Filters.from_args({"region": [REGIONS[0]]}), Filters()):
            db.session.rollback()
            db.session.expire_all()
            with counted() as statements:
                _, count = papers.file_of(profile, asked, people.sun, TODAY)
            found += [len(statements)] if count else []  # of none nothing need be read
        assert len(set(found)) <= 1, profile.name
        assert max(found, default=0) <= 30, profile.name
        pairs += len(found) == 2
    assert pairs >= 3
