"""A ticket opens once, for a minute, and only what it was written for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner

from issues.ground import clock
from issues.practice import tickets
from issues.practice.tickets import Door, Entered, entered, mark, ticket_for

KEY = "a key both have"


def long_open():
    return Door(KEY, clock.real_now() - timedelta(hours=1))


def test_a_ticket_lets_one_in_once():
    door, ticket = long_open(), ticket_for(7, KEY)

    assert [door.taken(ticket), door.taken(ticket)] == [7, None]


def test_of_many_who_show_it_at_once_one_comes_in():
    door, ticket = long_open(), ticket_for(7, KEY)

    with ThreadPoolExecutor(8) as pool:
        let_in = list(pool.map(door.taken, [ticket] * 40))

    assert let_in.count(7) == 1


@pytest.mark.parametrize("ticket", [
    "", "x", ticket_for(7, "another key"), mark(Entered(7, ""), KEY), ticket_for(7, KEY)[:-1],
], ids=("nothing", "a word", "another key", "a mark", "cut"))  # fmt: skip
def test_what_was_written_for_something_else_opens_nothing(ticket):
    assert long_open().taken(ticket) is None


def test_a_ticket_of_before_this_process_is_not_known_to_be_unused():
    ticket = ticket_for(7, KEY)

    assert Door(KEY, clock.real_now() + timedelta(seconds=2)).taken(ticket) is None


def test_a_ticket_and_a_mark_grow_old(monkeypatch):
    now = TimestampSigner.get_timestamp
    ticket, marked = ticket_for(7, KEY), mark(Entered(7, "then"), KEY)
    assert entered(marked, KEY) == Entered(7, "then")

    late = tickets.TICKET_SECONDS + 2
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now(self) + late)
    assert long_open().taken(ticket) is None
    assert entered(marked, KEY)

    late = tickets.MARK_SECONDS + 2
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now(self) + late)
    assert entered(marked, KEY) is None
