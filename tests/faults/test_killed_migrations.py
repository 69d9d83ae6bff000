"""A migration that is killed at any step is begun again and leads to the same tables."""

import pytest
from databases import POSTGRESQL
from flask_migrate import upgrade
from killed_at import Steps, forked
from tables import contents, fill, of_the_product, standing, structure
from tally import tell
from trials import GIVEN, some

from config import ROOT
from extensions import db

pytestmark = pytest.mark.both
MIGRATIONS = str(ROOT / "migrations")
FIRST = "0001_first_tables"


def upgraded(app, last=0):
    """How many statements it took; None where it was killed at the `last`."""
    steps = Steps(last)

    def act():
        with app.app_context():
            steps.of_statements(db.engine)
            upgrade(MIGRATIONS)
            return steps.taken

    return forked(act)


def test_it_goes_on_where_it_was_killed_and_no_row_is_lost(place, database):
    with place.fresh() as app:
        upgrade(MIGRATIONS, FIRST)
        first = standing(fill())
        rows = contents(first)
        steps = upgraded(app)
        whole = structure()
        assert contents(first) == rows

    found, tried = [], some(range(1, steps + 1), 4)
    if not GIVEN:
        tried = tried[1:3][database == POSTGRESQL :][:1]
    for last in tried:
        with place.fresh() as app:
            upgrade(MIGRATIONS, FIRST)
            fill()
            assert upgraded(app, last) is None
            if contents(first) != rows:
                found.append(f"{last}: rows are lost")
            upgraded(app)
            if structure() != whole or contents(first) != rows:
                found.append(f"{last}: gone on, it leads elsewhere")
            assert of_the_product()
    tell(14, f"升级中被强制终止（共{steps}步）", len(tried), found, database)
