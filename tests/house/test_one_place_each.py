"""Commits, the clock, the environment, forms, history, status and colour: each in one place."""

import ast

import pytest
from tree import calls, dotted, faults_of, nodes, product, source

NOW = frozenset(
    {
        "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time",
        "datetime.datetime.now", "datetime.date.today", "func.now", "func.current_date",
        "func.current_timestamp", "time.localtime",
    }
)  # fmt: skip
ENVIRONMENT = frozenset({"environ", "environb", "getenv"})
OF_A_TICKET = frozenset(
    {"status", "yellow_from", "red_from", "card", "closed_on", "claimed_on", "assigned_on"}
)
TICKETS = frozenset({"issue", "ticket", "act.issue", "self.issue"})
WRITES_TICKETS = (
    "issues.workflow", "issues.colour.settle", "issues.colour.spans", "issues.colour.past",
)  # fmt: skip

SENT = frozenset({"form", "files", "values"})
READS_FORMS = {
    "issues.web.door.forms": "the reader: a table of fields, and what was sent by it",
    "issues.web.door.admission": "what no database keeps is refused before any view",
    "issues.web.door.once": "the digest of all that was sent, whatever it was read as",
    "issues.api.evidence": "a call is no form of a page: the parts it does not know are refused",
}
"""Which rooms read what was sent in a form, each with its reason."""


def within(one, *names):
    return any(one.name == name or one.name.startswith(f"{name}.") for name in names)


def commits(one):
    if within(one, "extensions"):
        return
    for call in calls(one.tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit":
            yield f"line {call.lineno} commits; only transaction() does"


def reads_the_clock(one):
    if within(one, "issues.ground.clock"):
        return
    for node in nodes(one.tree):
        if isinstance(node, ast.Attribute) and dotted(node) in NOW:
            yield f"line {node.lineno} reads {dotted(node)}; ask issues.ground.clock"


def reads_the_environment(one):
    if within(one, "config"):
        return
    for node in nodes(one.tree):
        if isinstance(node, ast.Attribute) and dotted(node.value) == "os":
            if node.attr in ENVIRONMENT:
                yield f"line {node.lineno} reads os.{node.attr}; ask config"
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            for name in {alias.name for alias in node.names} & ENVIRONMENT:
                yield f"line {node.lineno} imports {name}"


def reads_a_form(one):
    """`request.form` and its like, also by another name of the request, and forms of WTForms."""
    if within(one, *READS_FORMS):
        return
    for node in nodes(one.tree):
        if isinstance(node, ast.Attribute) and node.attr in SENT:
            if dotted(node.value).rpartition(".")[2] in _names_of_request(one.tree):
                yield f"line {node.lineno} reads request.{node.attr}; ask issues.web.door.forms"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for name in _imported(node):
                if name.startswith("wtforms") or name == "flask_wtf.FlaskForm":
                    yield f"line {node.lineno} imports {name}; a form is a table of fields"


def _names_of_request(tree):
    froms = (node for node in nodes(tree) if isinstance(node, ast.ImportFrom))
    names = (alias for node in froms if node.module == "flask" for alias in node.names)
    return {"request"} | {one.asname for one in names if one.name == "request" and one.asname}


def _imported(node):
    module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    return [f"{module}{alias.name}" for alias in node.names]


def writes_history(one):
    if within(one, "issues.audit"):
        return
    for call in calls(one.tree):
        if dotted(call.func) in {"Event", "models.Event"}:
            yield f"line {call.lineno} makes an Event; audit.record() does"


def writes_reports(one):
    """Each has a fingerprint, which the act of reporting keeps."""
    if within(one, "issues.workflow.changes.progress"):
        return
    for call in calls(one.tree):
        named = {dotted(call.func), *(dotted(argument) for argument in call.args[:1])}
        if dotted(call.func).rpartition(".")[2] in {"ProgressReport", "insert"} and any(
            name.rpartition(".")[2] == "ProgressReport" for name in named
        ):
            yield f"line {call.lineno} writes a report of progress past its act"


def writes_status(one):
    """Assignments to what a status is tied to."""
    if within(one, *WRITES_TICKETS):
        return
    for node in nodes(one.tree):
        for target in _targets(node):
            base = dotted(target.value)
            if target.attr in OF_A_TICKET and (base in TICKETS or base.endswith(".issue")):
                yield f"line {node.lineno} writes {base}.{target.attr}"


def writes_rows_of_colour(one):
    """Rows of a ticket's colour, and updates of many tickets at once."""
    if within(one, *WRITES_TICKETS):
        return
    for call in calls(one.tree):
        named, about = dotted(call.func), [dotted(argument) for argument in call.args[:1]]
        if named in {"ColourSpan", "IssueFiring"}:
            yield f"line {call.lineno} makes a {named}"
        if named in {"update", "sa.update"} and about in (["Issue"], ["ColourSpan"]):
            yield f"line {call.lineno} updates tickets past the workflow"


def _targets(node):
    if isinstance(node, ast.Assign):
        found = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        found = [node.target]
    else:
        return []
    flat = [
        one for target in found
        for one in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]  # fmt: skip
    return [target for target in flat if isinstance(target, ast.Attribute)]


CHECKS = [
    commits,
    reads_the_clock,
    reads_the_environment,
    reads_a_form,
    writes_history,
    writes_reports,
    writes_status,
    writes_rows_of_colour,
]
BAD = [
    (commits, "issues/acts.py", "db.session.commit()"),
    (reads_the_clock, "issues/acts.py", "from datetime import datetime\nx = datetime.now(UTC)"),
    (reads_the_clock, "issues/queries/board/page.py", "x = date.today()"),
    (reads_the_clock, "issues/models/issue.py", "mapped_column(default=datetime.utcnow)"),
    (reads_the_clock, "issues/queries/board/page.py", "select(func.now())"),
    (reads_the_environment, "issues/evidence/storage/store.py", "import os\nos.environ['X']"),
    (reads_the_environment, "app.py", "from os import getenv"),
    (reads_a_form, "issues/web/admin/units.py", "units.add(actor(), request.form)"),
    (reads_a_form, "issues/web/board/map.py", "flask.request.files.get('file')"),
    (reads_a_form, "issues/web/board/map.py", "from flask import request as sent\nsent.values"),
    (reads_a_form, "issues/web/account/forms.py", "from flask_wtf import FlaskForm"),
    (reads_a_form, "issues/web/account/forms.py", "from wtforms import StringField"),
    (writes_history, "issues/acts.py", "db.session.add(Event(action='close'))"),
    (writes_reports, "issues/exchange/importing.py", "db.session.add(ProgressReport(text='x'))"),
    (writes_reports, "seed/bulk/insert.py", "session.execute(insert(ProgressReport), rows)"),
    (writes_status, "issues/web/ticket/page.py", "issue.status = Status.CLOSED"),
    (writes_status, "issues/acts.py", "act.issue.card = 'red'"),
    (writes_status, "seed/walk.py", "issue.closed_on, issue.status = day, status"),
    (
        writes_rows_of_colour,
        "issues/jobs/steps/x.py",
        "db.session.execute(update(Issue).values(card='red'))",
    ),
    (writes_rows_of_colour, "issues/supervision/cards.py", "ColourSpan(issue_id=1)"),
]
GOOD = [
    (commits, "extensions.py", "db.session.commit()"),
    (reads_the_clock, "issues/acts.py", "clock.now()\nclock.today()\ntime.monotonic()"),
    (reads_the_environment, "config.py", "os.environ"),
    (reads_the_environment, "issues/web/door/requests.py", "request.environ['X']"),
    (reads_a_form, "issues/web/door/forms.py", "request.form.get(name, '')"),
    (reads_a_form, "issues/web/register/page.py", "drawn.form\nrequest.args.get('page')"),
    (reads_a_form, "issues/web/door/answers/errors.py", "from flask_wtf.csrf import CSRFError"),
    (writes_history, "issues/jobs/runner.py", "stop = threading.Event()"),
    (writes_reports, "issues/workflow/changes/progress.py", "act.add(ProgressReport(text='x'))"),
    (writes_reports, "issues/queries/evidence/flags.py", "select(ProgressReport.id)"),
    (writes_status, "issues/notices/acts.py", "notice.status = NoticeStatus.VOID"),
    (writes_status, "issues/web/ticket/page.py", "if issue.status == Status.CLOSED: pass"),
    (writes_status, "issues/workflow/perform.py", "issue.status = after"),
    (writes_rows_of_colour, "issues/colour/settle.py", "ColourSpan(issue_id=1)"),
]


@pytest.mark.parametrize(("check", "path", "text"), BAD)
def test_the_check_finds_a_planted_fault(check, path, text):
    assert list(check(source(path, text)))


@pytest.mark.parametrize(("check", "path", "text"), GOOD)
def test_the_check_leaves_good_code_alone(check, path, text):
    assert not list(check(source(path, text)))


@pytest.mark.parametrize("check", CHECKS)
def test_each_is_done_in_one_place(check):
    assert faults_of(check, product()) == []


@pytest.mark.parametrize("room", READS_FORMS)
def test_every_room_that_reads_forms_still_does(room):
    inside = [one for one in product() if within(one, room)]
    said = {dotted(node) for one in inside for node in nodes(one.tree)}

    assert said & {f"request.{name}" for name in SENT}
