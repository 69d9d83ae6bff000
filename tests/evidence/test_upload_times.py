"""Who may upload is a right; when they may is said for each who may, and for nobody else."""

import pytest

from issues.evidence.rows import UPLOADS_WHILE
from issues.rights.table import TABLE
from issues.vocabulary import Action, EvidenceKind, Made, Role


@pytest.mark.parametrize("role", Role)
def test_a_role_has_times_where_it_has_the_right(role):
    assert bool(UPLOADS_WHILE.get(role)) == bool(TABLE[Action.UPLOAD][role])


@pytest.mark.parametrize("kind", EvidenceKind)
def test_what_the_form_of_an_act_takes_is_made_by_then(kind):
    """A report of progress takes nothing that only a checker can have, and a check takes that."""
    by_checkers = {Action.RECORD_SITE_CHECK, Action.RECORD_LOOKBACK}

    assert not (kind.made is Made.IN_CHECKING and Action.REPORT_PROGRESS in kind.sent_with)
    assert kind.made is Made.IN_CHECKING or not by_checkers & set(kind.sent_with)
