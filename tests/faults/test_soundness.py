"""The oracles of these trials find what they are to find."""

import json

import pytest
import samples
from soundness import counts, unsound
from sqlalchemy import text
from standing import Answer
from test_killed_web import missing

from extensions import db
from issues.evidence.intake.incoming import key_of
from issues.vocabulary import EvidenceKind, Status


@pytest.fixture
def row(make_issue):
    issue = make_issue(Status.RECTIFYING)
    return make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))


def answered(row, sha256):
    return [(sha256, Answer(201, json.dumps({"id": row.id}).encode(), ""))]


def test_bytes_that_are_gone_or_changed_and_rows_changed_behind_are_found(app, place, row):
    store, path = app.extensions["evidence"], place.evidence / key_of(row.sha256)
    assert list(unsound(store)) == []

    path.chmod(0o600)
    path.write_bytes(samples.jpeg()[:-1])
    assert list(unsound(store)) == [f"no bytes of {row.sha256}"]
    path.unlink()
    assert list(unsound(store)) == [f"no bytes of {row.sha256}"]

    db.session.execute(text("UPDATE issue SET title = 'x'"))
    db.session.commit()
    assert len(list(unsound(store))) == 2


def test_what_was_acknowledged_and_is_not_there_is_found(app, row):
    assert list(missing(answered(row, row.sha256))) == []

    assert f"{'0' * 64} is not there" in list(missing(answered(row, "0" * 64)))
    assert list(missing([])) == [f"{row.sha256} is there and was answered to nobody"]


def test_one_row_more_is_another_state(app, make_issue):
    make_issue(Status.DRAFT)
    before = counts()

    make_issue(Status.DRAFT)

    assert counts() != before
