"""What an act leaves unread was not to be read: searched words and keys of likeness stay in step.

A change of a ticket's own row is looked at by its columns; whichever change, nothing differs
afterwards from what a full reading makes of it.
"""

import random

import pytest
from sqlalchemy import String, Text, inspect

from extensions import db, rehearsal, transaction
from issues.imprints.writing import change
from issues.likeness import index as likeness
from issues.models import Issue
from issues.search import index as search
from issues.vocabulary import Status

TEXTS = [
    column.key
    for column in inspect(Issue).column_attrs
    if type(column.columns[0].type) in (String, Text) and column.key not in ("number", "card")
]
WORDS = "河道污水直排整治管网垃圾扬尘噪声养殖"


def differing(issue):
    """How many texts and tickets a full reading would put right; taken back again."""
    with rehearsal():
        return search.refresh([issue]), likeness.refresh([issue])


def test_every_step_of_a_life_leaves_nothing_to_put_right(make_issue):
    issue = make_issue(Status.DRAFT)
    for status in (Status.ASSIGNED, Status.RECTIFYING, Status.SITE_CHECK, Status.CLOSED):
        issue = make_issue.advance(issue, status)
        assert differing(issue.id) == (0, 0), status


@pytest.mark.parametrize("seed", range(3))
def test_a_change_of_any_column_leaves_nothing_to_put_right(make_issue, seed):
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    id_ = make_issue(Status.RECTIFYING).id
    for name in rng.sample(TEXTS, len(TEXTS)):
        values = {one: "".join(rng.choices(WORDS, k=20)) for one in {name, *rng.sample(TEXTS, 2)}}
        with transaction():
            issue = db.session.get_one(Issue, id_)
            for one in sorted(values):
                setattr(issue, one, values[one])
                if rng.random() < 0.5:
                    db.session.flush()
            if rng.random() < 0.2:
                db.session.flush()
                change(Issue, Issue.id == id_, **values)
        assert differing(id_) == (0, 0), values


def test_a_row_written_past_the_session_is_read_whole(make_issue):
    id_ = make_issue(Status.RECTIFYING).id
    with transaction():
        change(Issue, Issue.id == id_, problem="另有一处排口直排", place="曾口镇")
    assert differing(id_) == (0, 0)
