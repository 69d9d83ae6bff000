"""A long story is folded, and nothing of it is lost or out of its place."""

from datetime import datetime, timedelta

from hypothesis import given, strategies as st

from issues.queries.ticket.story import FEWEST, SHOWN_OPEN, Item, Run, folded

BEGIN = datetime(2025, 1, 1, 9, 0)  # noqa: DTZ001 - of the city, as an item has it
STORIES = st.lists(
    st.tuples(st.sampled_from(("填报进展", "确认进展", "上传佐证材料")), st.booleans()), max_size=40
)


def items_of(kinds):
    moments = [BEGIN + timedelta(days=number) for number in reversed(range(len(kinds)))]
    return [
        Item("act", label, "市环委办", f"{at:%Y-%m-%d %H:%M}", (at, 0), is_routine=is_routine)
        for (label, is_routine), at in zip(kinds, moments, strict=True)
    ]


@given(STORIES)
def test_every_item_is_there_once_and_in_its_order(kinds):
    items = items_of(kinds)
    shown = folded(items)
    flat = [one for entry in shown for one in (entry.run if isinstance(entry, Run) else (entry,))]
    assert flat == items
    assert shown[:SHOWN_OPEN] == items[:SHOWN_OPEN]


@given(STORIES)
def test_only_rows_of_routine_are_folded_and_each_whole(kinds):
    shown = folded(items_of(kinds))
    for place, entry in enumerate(shown):
        if isinstance(entry, Run):
            assert len(entry.run) >= FEWEST
            assert all(one.is_routine for one in entry.run)
            beside = shown[place + 1 : place + 2]
            assert not any(isinstance(one, Run) or one.is_routine for one in beside)


def test_a_row_says_how_often_what_was_done_and_from_when_to_when():
    kinds = [("销号", False)] * SHOWN_OPEN + [
        ("填报进展", True),
        ("确认进展", True),
        ("填报进展", True),
    ]
    (row,) = folded(items_of(kinds))[SHOWN_OPEN:]
    assert row.words == "填报进展2次，确认进展1次"
    assert row.days == ("2025-01-01", "2025-01-03")
