"""What is offered can be done; what a form says of days is what the act refuses by."""

from datetime import timedelta

import pytest
from every_act import CASES, made

from extensions import db
from issues import acts, workflow
from issues.colour.facts_of import measures_of
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.vocabulary import Action, EvidenceKind, Status
from issues.web.ticket import values
from issues.workflow.bounds import BOUNDS, Place, bounds_of
from issues.workflow.hindrances import HINDRANCES, hindrances, offers
from issues.workflow.perform import rules_at

UNSENT = {"label", "without"}
DAY = timedelta(days=1)


def refused(issue, action, person, form):
    """What the act says to this form; nothing of it is kept."""
    try:
        acts.do(action, workflow.load(issue.number, person, for_change=True), person, form)
    except (WrongStatus, NotAllowed, Incomplete) as said:
        return said
    finally:
        db.session.rollback()
    return None


def nested(form):
    """`measures-0-id` of a page's form as the details of the act."""
    given = {}
    for name, value in form.items():
        if isinstance(value, str) and "-" in name and name.split("-")[1].isdigit():
            head, row, sub = name.split("-", 2)
            rows = given.setdefault(head, {})
            rows.setdefault(int(row), {})[sub] = value
        else:
            given[name] = value
    return {
        name: [value[row] for row in sorted(value)] if isinstance(value, dict) and all(
            isinstance(key, int) for key in value) else value
        for name, value in given.items()
    }  # fmt: skip


def ready(code, make_issue):
    case = CASES[code]
    issue, form = made(case, make_issue)
    action, person = Action(code), make_issue.people[case.by]
    typed = nested({name: value for name, value in form.items() if name != "confirmed"})
    drawn = {
        name: [{key: row[key] for key in row.keys() - UNSENT} for row in value]
        if value and isinstance(value, list) and isinstance(value[0], dict)
        else value
        for name, value in values.current(action, issue, person).items()
    }
    return action, issue, person, {name: both(drawn.get(name), value) for name, value in
                                   {**drawn, **typed}.items()}  # fmt: skip


def both(drawn, typed):
    """The rows of the form with what was typed into them."""
    if isinstance(drawn, list) and typed and isinstance(typed[0], dict):
        return [row | said for row, said in zip(drawn, typed, strict=False)]
    return typed


@pytest.mark.parametrize("code", [one.value for one in BOUNDS if one.value in CASES])
def test_the_day_a_form_says_is_the_last_one_taken(make_issue, code):
    action, issue, person, form = ready(code, make_issue)
    _, policy = rules_at(clock.now())[:2]
    bounds = bounds_of(action, Place(issue, clock.today(), policy))
    found = {path: bound for path, bound in bounds.items() if "." not in path}

    for path, bound in found.items():
        for edge, beyond, sentence in (
            (bound.first, -DAY, bound.early), (bound.last, DAY, bound.late)
        ):  # fmt: skip
            if edge is None:
                continue
            suffix = "T00:00" if path == "at" else ""
            said = refused(issue, action, person, form | {path: f"{edge}{suffix}"})
            assert said is None, f"{code} {path} {edge}: {getattr(said, 'errors', said)}"
            said = refused(issue, action, person, form | {path: f"{edge + beyond}{suffix}"})
            assert said is not None, f"{code} takes {edge + beyond}, beyond what it says"
            assert said.errors[path] == [sentence]
            assert str(edge.year) in bound.hint


def stages(make_issue):
    """Tickets of each stage, some with what an act needs and some without."""
    bare = [make_issue(status) for status in (
        Status.DRAFT, Status.ASSIGNED, Status.PLAN_REVIEW, Status.RECTIFYING,
        Status.FIRST_ACCEPTANCE, Status.APPROVAL, Status.PUBLICITY,
    )]  # fmt: skip
    late = make_issue(Status.DRAFT, deadline="2025-10-01")
    empty = make_issue(Status.DRAFT, criteria="")
    reported = make_issue(Status.RECTIFYING)
    make_issue.act(Action.REPORT_PROGRESS, reported, "chen", text="已开工。")
    carded = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, carded, "sun", colour="yellow", reason="进展缓慢")
    extended = make_issue(Status.RECTIFYING)
    for day in ("2026-07-15", "2026-07-20"):
        asked = {"cause": "汛期", "progress": "过半", "deadline": day}
        if refused(extended, Action.REQUEST_EXTENSION, make_issue.people.chenlead, asked):
            break
        make_issue.act(Action.REQUEST_EXTENSION, extended, "chenlead", **asked)
        make_issue.act(Action.GRANT_EXTENSION, extended, "zhou", opinion="")
    return [*bare, late, empty, reported, carded, extended]


VALID = {
    Action.ASSIGN: {},
    Action.APPROVE_PLAN: {},
    Action.CONFIRM_PROGRESS: {},
    Action.RETURN_PROGRESS: {"reason": "材料不齐"},
    Action.REQUEST_ACCEPTANCE: {"text": "全部措施已经完成，请予验收。"},
    Action.PASS_FIRST_ACCEPTANCE: {},
    Action.APPROVE_CLOSURE: {"standards": ["1", "2", "3", "4", "5"]},
    Action.LIFT_CARD: {"reason": "已经整改"},
    Action.REQUEST_EXTENSION: {"cause": "汛期", "progress": "过半", "deadline": None},
    Action.CLOSE: {},
}
"""What a person would type who wants the act done."""


def test_offered_is_what_an_act_with_valid_values_does(make_issue):
    _, policy = rules_at(clock.now())[:2]
    tried = {"done": set(), "refused": set()}
    for issue in stages(make_issue):
        for name in ("sun", "zhou", "liu", "liulead", "chen", "chenlead"):
            person = make_issue.people[name]
            found = offers(issue, person)
            for action in {*found.ready, *found.still} & VALID.keys():
                form = dict(VALID[action])
                if action is Action.REQUEST_EXTENSION:
                    bound = bounds_of(action, Place(issue, clock.today(), policy))["deadline"]
                    form["deadline"] = str(bound.first)
                said = refused(issue, action, person, form)
                kind = "refused" if said else "done"
                assert (said is None) == (action in found.ready), (
                    f"{action.value} on {issue.status.value} for {name}: offered"
                    f" {action in found.ready}, told {getattr(said, 'errors', '') or said}"
                )
                if said and action in found.still:
                    assert found.still[action]
                tried[kind].add(action)
    assert {Action.ASSIGN, Action.REQUEST_EXTENSION, Action.REQUEST_ACCEPTANCE} <= tried["refused"]
    assert len(tried["done"]) > len(VALID) / 2, tried


@pytest.mark.parametrize("action", HINDRANCES)
def test_an_act_that_stands_still_says_why_on_its_page_and_has_no_form(make_issue, browser, action):
    if action is not Action.REQUEST_ACCEPTANCE:
        case = CASES[action.value]
        issue, _ = made(case, make_issue)
        assert hindrances(action, issue, make_issue.people[case.by]) == []
        return
    issue = make_issue(Status.RECTIFYING)
    make_issue.evidence(issue, EvidenceKind.BEFORE)
    url = f"/issues/{issue.number}/acts/{action.value}"

    page = browser.as_("chenlead").get(url)

    assert not page.has_form(url)
    told = hindrances(action, issue, make_issue.people.chenlead)
    assert told
    assert all(one in page.text for one in told)
    ticket = browser.as_("chenlead").get(f"/issues/{issue.number}")
    assert told[0][:20] in ticket.text


def of_rows(action, issue, day):
    """The act's least form that dates one measure."""
    row = {"id": measures_of(issue)[0].id, "deadline": day} if measures_of(issue) else {}
    planned = {"text": "完成场镇管网排查", "deadline": day}
    return {
        Action.EDIT: {"measures": [planned]},
        Action.SUBMIT_PLAN: {"measures": [planned]},
        Action.AMEND: {"fields": {"measures": [row]}, "reason": "施工顺序调整"},
        Action.INTERIM_CLOSE: {"measures": [row], "reason": "主体工程已完成"},
    }[action]


OF_ROWS = {
    Action.EDIT: ("sun", Status.DRAFT, "AF"),
    Action.SUBMIT_PLAN: ("chenlead", Status.PLANNING, "AF"),
    Action.AMEND: ("sun", Status.RECTIFYING, "AF"),
    Action.INTERIM_CLOSE: ("sun", Status.RECTIFYING, "YX"),
}


@pytest.mark.parametrize("action", OF_ROWS)
def test_the_last_day_said_of_a_measure_is_the_last_one_taken(make_issue, action):
    name, status, source = OF_ROWS[action]
    one = [{"text": "完成场镇管网排查", "deadline": "2026-03-31"}]
    issue, person = make_issue(status, source=source, measures=one), make_issue.people[name]
    _, policy = rules_at(clock.now())[:2]
    ((path, bound),) = bounds_of(action, Place(issue, clock.today(), policy)).items()
    edge, beyond = (bound.last, DAY) if bound.last else (bound.first, -DAY)

    assert refused(issue, action, person, of_rows(action, issue, str(edge))) is None
    said = refused(issue, action, person, of_rows(action, issue, str(edge + beyond)))

    at = path.replace("measures.", "measures.0.")
    assert [sentence for sentence in said.errors[at] if (bound.late or bound.early) in sentence]


def test_every_bound_is_tried():
    tried = {one for one in BOUNDS if one.value in CASES}

    assert tried | OF_ROWS.keys() == BOUNDS.keys()
