"""Every act and state that is written into the history has one Chinese word, its subject's own."""

from itertools import chain

import pytest

from extensions import transaction
from issues import audit
from issues.colour.policies import setting
from issues.ground import clock
from issues.queries.admin.history import OTHER, Wanted, records
from issues.supervision import campaigns, drafts
from issues.vocabulary import Action, BesideAct, NoticeAct, NoticeStatus, Status, Subject

AT = clock.now


def record(people, subject, act, before="", after=""):
    with transaction():
        audit.record(subject, 1, act, people.sun, at=AT(), before=before, after=after)


@pytest.mark.usefixtures("app")
def test_an_act_of_another_subject_is_not_written(people):
    for subject, act in ((Subject.TICKET, NoticeAct.SIGN), (Subject.NOTICE, Action.CLOSE)):
        with pytest.raises(TypeError, match=act.value):
            record(people, subject, act)
    with pytest.raises(TypeError):
        record(people, Subject.TICKET, "close")

    assert records(Wanted()).lines == []


@pytest.mark.parametrize("subject", Subject)
def test_no_act_of_a_subject_is_told_as_another(subject):
    acts = list(chain(*subject.acts))

    assert len({act.value for act in acts}) == len({act.label for act in acts}) == len(acts)
    assert [subject.act_of(act.value) for act in acts] == acts
    assert subject.act_of("of_old") is None


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("subject", [subject for subject in Subject if subject.states])
def test_a_state_is_told_in_the_words_of_its_own_kind(people, subject):
    """`draft` is one thing of a ticket and another of a notice."""
    act = next(chain(*subject.acts))
    for state in subject.states:
        record(people, subject, act, after=state.value)

    told = [line.after for line in reversed(records(Wanted()).lines)]

    assert told == [state.label for state in subject.states]


def test_the_same_code_is_two_words():
    assert Subject.TICKET.state_of("draft") == Status.DRAFT.label == "待交办"
    assert Subject.NOTICE.state_of("draft") == NoticeStatus.DRAFT.label == "待签发"
    assert Subject.SETTING.state_of("20") == "20"


@pytest.mark.usefixtures("app")
def test_what_stands_beside_the_life_of_a_ticket_leaves_its_status(people, make_issue):
    issue = make_issue()
    with transaction():
        row = audit.record_beside(issue, BesideAct.EXPORT_DOSSIER, people.sun, at=AT())

    assert row.before == row.after == issue.status.value
    assert records(Wanted()).lines[0].after == ""


@pytest.mark.usefixtures("app")
def test_a_draft_and_a_setting_are_told_in_words(people):
    with transaction():
        drafts.begin(people.sun, clock.now())
        campaigns.end(people.sun, at=clock.now())

    lines = records(Wanted()).lines

    assert setting(campaigns.SETTING) is None
    assert {(line.subject, line.act) for line in lines} >= {
        ("规则修订稿", "起草修订稿"), ("设置", "更改看板单列的批次"),
    }  # fmt: skip
    assert OTHER not in {line.act for line in lines}
