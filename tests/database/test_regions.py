"""What lies in a place is what its chain of parents says, whatever the tree looks like."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from extensions import db
from issues import regions
from issues.models import Region
from issues.territory import changing
from issues.vocabulary import RegionKind

pytestmark = pytest.mark.both
TREES = st.lists(st.integers(min_value=-1, max_value=9), min_size=1, max_size=10)
"""Each place's parent as the place of an earlier one; what is no earlier one is the top."""


MOVES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4)


def grown(shape):
    """Codes that begin alike, so that a prefix of a code is told from a step of a path."""
    db.session.query(Region).delete()
    made = []
    for place, wanted in enumerate(shape):
        parent = made[wanted] if 0 <= wanted < place else None
        code = "1" * (place + 1)
        made.append(regions.add(code, f"地{place}", RegionKind.TOWNSHIP, parent))
    return made


def chain(place, by_code):
    while place is not None:
        yield place.code
        place = by_code.get(place.parent)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TREES, MOVES)
def test_within_is_whose_chain_of_parents_passes_there(app, shape, moves):
    """As they grew, and after some were put elsewhere with all that lies in them."""
    made = grown(shape)
    for one, there in moves:
        place, above = made[one % len(made)], made[there % len(made)]
        if not above.path.startswith(place.path):
            changing.put(place, above)
    by_code = {place.code: place for place in made}

    for top in made:
        found = set(db.session.scalars(regions.codes_within(top.code)))

        assert found == {one.code for one in made if top.code in chain(one, by_code)}
    for place in made:
        assert [one.code for one in regions.above(place)] == list(chain(place, by_code))[:0:-1]
    db.session.rollback()


def test_the_example_s_places(app):
    assert [one.name for one in regions.below("")] == ["四川省"]
    assert [one.code for one in regions.below("511900")] == [
        "511902", "511903", "511921", "511922", "511923",
    ]  # fmt: skip
    assert len(list(db.session.scalars(regions.codes_within("511902")))) == 23
    assert db.session.scalars(regions.codes_within("999999")).all() == []
