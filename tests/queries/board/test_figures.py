"""Every figure of the board against a naive recount over random registers, for several viewers."""

from collections import Counter
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from registers import (
    TODAY,
    changes,
    colour,
    is_late,
    is_overdue,
    is_struck,
    on_board,
    standing,
    waits,
)

from issues.queries.board import outlook, page as boards
from issues.queries.board.tally import Tally
from issues.queries.ground.day import Standing
from issues.queries.register import lines as registers
from issues.queries.register.filters import Filters
from issues.vocabulary import Colour
from issues.web.board.figures import Figure, Linked

pytestmark = pytest.mark.by_turns

VIEWERS = ("sun", "zhao", "chen", "liulead")
DAYS = (TODAY, date(2025, 9, 3), TODAY + timedelta(days=20))
COMPARE = date(2025, 8, 10)


def looked_at(people):
    """Each viewer on each day: now, a past day, a day to come."""
    return [(people[viewer], day) for viewer in VIEWERS for day in DAYS]


def recounted(tickets, day):
    tally = Counter(colour(ticket, day) for ticket in tickets if on_board(ticket, day))
    return tuple(tally[one] for one in (Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.GREY))


def by(key, tickets, day):
    """The recount of each group, the groups told by how the ticket stood on the day."""
    here = {ticket.id: key(standing(ticket, day)) for ticket in tickets if on_board(ticket, day)}
    return {
        one: recounted([t for t in tickets if here.get(t.id) == one], day)
        for one in set(here.values())
    }


def grouped(groups):
    return {group.key: said(group.now) for group in groups}


def said(tally):
    return (tally.red, tally.yellow, tally.green, tally.closed)


def test_every_count_is_a_recount(register, people):
    for actor, day in looked_at(people):
        seen = register.seen_by(actor)

        board = boards.board(actor, TODAY, day, COMPARE, within=45)

        assert said(board.total) == recounted(seen, day)
        assert said(board.total_before) == recounted(seen, COMPARE)
        assert board.total.struck == sum(on_board(t, day) and is_struck(t, day) for t in seen)
        assert grouped(board.units) == by(register.unit_of, seen, day)
        assert grouped(board.regions) == by(lambda row: row.region, seen, day)
        assert grouped(board.sources) == by(lambda row: row.source.value, seen, day)


def test_what_is_struck_off_or_overdue_of_each_unit_is_a_recount(app, register, people):
    for actor, day in looked_at(people):
        here = [ticket for ticket in register.seen_by(actor) if on_board(ticket, day)]
        units = {t.id: register.unit_of(standing(t, day)) for t in here}
        board = boards.board(actor, TODAY, day, COMPARE)

        with app.test_request_context():
            lines = dict(zip((g.key for g in board.units), Linked(board, TODAY).units, strict=True))

        assert board.counts["late"] == sum(is_overdue(t, day) for t in here)
        for code, line in lines.items():
            own = [t for t in here if units[t.id] == code]
            struck = [t for t in own if is_struck(t, day)]
            late = [t for t in own if is_overdue(t, day)]
            assert (line.struck.count, line.late.count) == (len(struck), len(late))
            assert line.closing == round(100 * len(struck) / len(own))
            rest = len(own) - len(struck)
            assert line.lateness == (round(100 * len(late) / rest) if rest else 0)


def listed(turns):
    """The next eight, at least four of each colour where there are so many."""
    first = [
        turn for one in (Colour.RED, Colour.YELLOW)
        for turn in [t for t in turns if t.colour is one][:4]
    ]  # fmt: skip
    rest = [turn for turn in turns if turn not in first]
    return sorted([*first, *rest[: 8 - len(first)]], key=lambda turn: (turn.on, turn.number))


def test_what_turns_is_found_day_by_day(register, people):
    for actor, day in looked_at(people):
        seen = register.seen_by(actor)
        wanted = sorted((t.number, *change) for t in seen for change in changes(t, day, 45))

        board = boards.board(actor, TODAY, day, COMPARE, within=45)
        turns = outlook.turning(actor, Standing.on(day, TODAY), 45)

        assert sorted((turn.number, turn.on, turn.colour) for turn in turns) == wanted
        for one in (Colour.RED, Colour.YELLOW):
            assert [t for t in board.turns if t.colour is one] == [
                t for t in turns if t.colour is one
            ][:8]
        assert board.turning == listed(turns)
        for one in (Colour.RED, Colour.YELLOW):
            assert board.counts[one.value] == sum(turn.colour is one for turn in turns)


def test_newly_red_and_notices_are_recounted(register, people):
    for actor, day in looked_at(people):
        here = [ticket for ticket in register.seen_by(actor) if on_board(ticket, day)]
        newly = [
            t for t in here
            if colour(t, day) is Colour.RED and colour(t, COMPARE) is not Colour.RED
        ]  # fmt: skip

        board = boards.board(actor, TODAY, day, COMPARE)

        assert board.counts["newly"] == len(newly)
        assert {one.number for one in board.newly} <= {ticket.number for ticket in newly}
        assert board.counts["open"] == sum(any(waits(n, day) for n in t.notices) for t in here)
        assert board.counts["overdue"] == sum(any(is_late(n, day) for n in t.notices) for t in here)


def test_each_week_of_the_trend_is_a_recount(register, people):
    for viewer in VIEWERS:
        actor = people[viewer]
        seen = register.seen_by(actor)

        board = boards.board(actor, TODAY)

        for week in board.weeks:
            assert said(week.tally) == recounted(seen, week.on)
        assert said(board.weeks[-1].tally) == said(board.total)


def figures(linked):
    """Every number of the board that is a link."""
    yield from linked.total.values()
    for lines in (linked.units, linked.zones, linked.regions, linked.sources):
        for line in lines:
            yield from (*line.figures.values(), line.struck)
            yield from (line.late,) if line.late else ()
    yield from (*linked.turns.values(), *linked.notices.values(), *linked.effects.values())
    yield from (linked.newly, linked.struck, linked.late)


def test_behind_every_number_stand_exactly_its_tickets(app, register, people):
    for actor, day in [(people.sun, TODAY), (people.sun, DAYS[1]), (people.chen, DAYS[2])]:
        board = boards.board(actor, TODAY, day, COMPARE, within=45)

        with app.test_request_context():
            linked = list(figures(Linked(board, TODAY)))

        assert len(linked) > 30
        assert all(isinstance(figure, Figure) for figure in linked)
        wrong = {}
        for url, count in {figure.url: figure.count for figure in linked}.items():
            filters = Filters.from_args(parse_qs(urlsplit(url).query))
            found = registers.count(filters, actor, TODAY)
            if found != count:
                wrong[url] = (count, found)
        assert wrong == {}


def test_the_api_shape_sums_to_its_total(register, people):
    for by in boards.GROUPINGS:
        answer = boards.plain(people.sun, TODAY, by=by)

        summed = Tally()
        for group in answer.groups:
            for name in ("red", "yellow", "green", "closed"):
                setattr(summed, name, getattr(summed, name) + getattr(group.now, name))
        assert summed.total == answer.total.total
        assert answer.on == TODAY
        assert answer.compare is None
