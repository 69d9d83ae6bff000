"""Every table is covered by imprints or says why not; no statement writes past them unnamed."""

import ast
import inspect
import re
import textwrap

import pytest
from tree import calls, faults_of, nodes, product, source

import auth.models
import auth.proofs.models
import issues.models
from extensions import Base, Model
from issues.imprints.facts import UNSTATED, states_facts
from issues.web.door.answers.leaving import LEAVING

TABLES = {table.name: table for table in Base.metadata.sorted_tables}
MODELS = {
    kind.__name__: kind.__tablename__
    for home in (auth.models, auth.proofs.models, issues.models)
    for kind in vars(home).values()
    if isinstance(kind, type) and issubclass(kind, Model) and hasattr(kind, "__tablename__")
}
NAMED = frozenset({"touch", "touch_rows", "change", "remove"})
BULK = frozenset({"insert", "update", "delete"})
SQL = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)")
KEPT_APART = {
    "issues/backups/rows.py": "writes each table as it was, its imprints with it",
    "issues/backups/putting_back.py": "empties, where nothing is, what the migrations left",
    "issues/imprints/chain.py": "writes the imprints themselves",
    "seed/bulk/insert.py": "compiles the INSERT of any table; seed/volume.py names the rows",
}


OF_NO_FACT = {("auth/tokens.py", "write_use"): "the one column of a token that states none"}


def stated_in(function):
    """The tables of facts that the statements of one function write past the session."""
    for call in calls(function):
        name = ast.unparse(call.func).rpartition(".")[2]
        if name in BULK and call.args and isinstance(call.args[0], ast.Name):
            model = call.args[0].id
            if model in MODELS and states_facts(MODELS[model]):
                yield model
            elif model == "table":
                yield "table"
    for node in nodes(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            written = SQL.findall(node.value)
            yield from (name for name in written if name in TABLES and states_facts(name))


def names_no_rows(one):
    if one.path in KEPT_APART:
        return
    for node in nodes(one.tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        told = {ast.unparse(call.func) for call in calls(node)}
        if (one.path, node.name) in OF_NO_FACT:
            continue
        if (found := set(stated_in(node))) and not told & NAMED:
            yield f"{node.name} writes {sorted(found)} and names no rows"


def test_every_table_is_covered_or_says_why_not():
    assert set(TABLES) >= set(UNSTATED)
    assert all(len(reason) > 20 for reason in UNSTATED.values())
    covered = {name for name in TABLES if states_facts(name)}
    assert {"issue", "measure", "notice", "evidence", "role_grant", "event", "anchor"} <= covered
    assert covered | set(UNSTATED) == set(TABLES)


def test_a_table_of_facts_fits_into_an_imprint():
    for name, table in TABLES.items():
        assert len(name) <= 32
        assert table.primary_key.columns, name


@pytest.mark.parametrize(
    "planted",
    [
        "def act():\n    db.session.execute(update(Issue).values(title=''))",
        "def act():\n    db.session.execute(delete(CalendarDay))",
        "def act():\n    connection.execute(insert(ReportTwin), rows)",
        "def act():\n    connection.execute(text('UPDATE role_grant SET role = 1'))",
        "def act():\n    made = postgresql.insert(Counter)",
    ],
)
def test_the_check_finds_a_planted_fault(planted):
    assert list(names_no_rows(source("issues/planted.py", planted)))


@pytest.mark.parametrize(
    "good",
    [
        "def act():\n    touch(Issue, own)\n    db.session.execute(update(Issue))",
        "def act():\n    db.session.execute(delete(LoginAttempt))",
        "def act():\n    connection.execute(text('INSERT INTO search_gram (rowid) VALUES (1)'))",
    ],
)
def test_the_check_leaves_good_statements_alone(good):
    assert not list(names_no_rows(source("issues/planted.py", good)))


def test_no_statement_writes_facts_past_the_session_without_naming_its_rows():
    assert faults_of(names_no_rows, product()) == []


ELSEWHERE = {
    "admin.add_account": "a slip for a new account, a row of its history",
    "admin.reset_password": "a slip to set a password by, a row of the account's history",
    "reviews.confirm": "the same, after two persons agreed",
    "api.complaint_originals.opened": "a row of the ticket's history, with the reason, before",
    "complaint_originals.opened": "a row of the ticket's history, with the reason, before",
    "covert.preview": "a small picture of a page",
    "leads.preview": "a small picture of a page",
    "dossier.export": "a row of the ticket's history",
    "help.picture": "a picture of the manual, the same for everybody",
    "dossier.program": "the same program for everybody, without signing in",
    "notice_sign.drawn_up": "the very paper, shown before it is signed on the next page",
    "notice_templates.preview": "a sample made of invented facts",
    "originals.preview": "a small picture of a page",
    "slips.every": "a row in the history of each account whose link is on a slip",
    "pictures_of_import.preview": "a small picture of a page",
    "staged.preview": "a small picture of what its sender has just chosen",
    "setup_preview.page": "a sample made of invented facts",
}
"""Views that give out a file and write nothing here, and why."""
FILE = re.compile(r"send_file\(|Content-Disposition")


def giving(view):
    """Whether a view gives out a file, by itself or by a function it calls."""
    seen, waiting = set(), [inspect.unwrap(view)]
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.add(function)
        text = inspect.getsource(function)
        if FILE.search(text):
            return True
        known = inspect.getmodule(function).__dict__
        tree = ast.parse(textwrap.dedent(text))
        named = {call.func.id for call in calls(tree) if isinstance(call.func, ast.Name)}
        found = (inspect.unwrap(known[name]) for name in named if callable(known.get(name)))
        waiting += [one for one in found if inspect.isfunction(one)
                    and one.__module__.startswith(("issues.web", "issues.api"))]  # fmt: skip
    return False


def test_every_view_that_gives_out_a_file_is_in_the_history(app):
    views = {name: view for name, view in app.view_functions.items() if name != "static"}
    given = {name for name, view in views.items() if inspect.isfunction(view) and giving(view)}

    assert given - set(LEAVING) - set(ELSEWHERE) == set()
    assert set(LEAVING) | set(ELSEWHERE) <= set(views)
    assert len(given) > 12, "the check sees the files that are given out"
    assert not set(LEAVING) & set(ELSEWHERE)
