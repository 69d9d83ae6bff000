"""Imports point one way, in one total order; the web's request stays at the door."""

import ast
import sys

import pytest
from tree import faults_of, modules, nodes, product, source

ORDER = (
    ("config_values",),
    ("config",),
    ("extensions",),
    ("issues.vocabulary",),
    ("issues.tickets",),
    ("issues.ground",),
    ("issues.search.initials",),
    ("issues.logs", "issues.figures"),
    ("issues.rules",),
    ("auth.actor", "auth.passwords", "auth.models", "auth.proofs.models"),
    ("auth.doors",),
    ("issues.models",),
    ("issues.imprints",),
    (
        "issues.colour",
        "issues.kept",
        "issues.once",
        "issues.personal",
        "issues.regions",
        "issues.territory.gazetteer",
        "issues.territory.nation",
        "issues.territory.placing",
    ),
    ("issues.tried_out",),
    ("issues.supervision.geojson",),
    ("issues.rights",),
    ("issues.heads",),
    ("issues.messages.choosing", "issues.messages.happening"),
    ("issues.messages.of_accounts", "issues.messages.of_notices", "issues.messages.of_tickets"),
    ("issues.messages.telling",),
    ("issues.audit",),
    ("issues.anchors", "issues.access", "issues.covering"),
    ("issues.city", "issues.counters", "issues.quarantine"),
    (
        "auth.tries",
        "auth.signin",
        "auth.tokens",
        "auth.acting",
        "issues.units",
        "issues.polluters",
        "issues.keepers",
        "issues.territory.centres",
        "issues.evidence.complainants",
    ),
    ("auth.sessions", "auth.identities", "auth.proofs.standing"),
    ("auth.changing", "auth.people", "auth.proofs"),
    ("auth.pairs", "auth.asked_roles"),
    ("issues.act_fields", "issues.colour.settle", "issues.workflow"),
    ("issues.evidence",),
    ("issues.burden",),
    ("issues.likeness",),
    ("issues.onsite",),
    ("issues.supervision",),
    ("issues.notices",),
    ("issues.messages",),
    ("issues.evidence.resealing",),
    ("issues.exchange",),
    ("issues.acts", "issues.territory"),
    ("issues.texts",),
    ("issues.exchange.differences.accepting",),
    ("issues.keepers.visiting", "issues.leads"),
    ("issues.rounds",),
    ("issues.territory.rounds",),
    ("issues.scores",),
    ("issues.search",),
    ("issues.manual",),
    ("issues.queries",),
    ("issues.rosters", "issues.succession"),
    ("issues.dossiers",),
    ("issues.works",),
    ("issues.practice",),
    ("issues.backups",),
    ("issues.jobs",),
    ("issues.operations",),
    ("issues.web", "issues.api", "issues.selfcheck", "issues.commands", "seed"),
    ("app",),
)
PLACES = {name: place for place, group in enumerate(ORDER) for name in group}
OURS = ("app", "auth", "config", "config_values", "extensions", "issues", "seed")
REQUEST = frozenset({"g", "request", "session", "current_user", "has_request_context"})
AT_THE_DOOR = ("app", "issues.web", "issues.api")
PURE = ("issues.rules", "issues.vocabulary", "issues.tickets")


def below(name, prefixes):
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def rank(name):
    """The place in the order, by the longest name that covers it; None where a module has none."""
    parts = name.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((PLACES[prefix] for prefix in prefixes if prefix in PLACES), None)


def imported(tree):
    """The full names a module imports, `from a import b` as both `a` and `a.b`."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from ((node, node.module, alias.name) for alias in node.names)


def goes_up(one):
    here = rank(one.name)
    if here is None and one.name not in OURS:
        yield "stands nowhere in the order"
        return
    for node, module, name in imported(one.tree):
        if module.partition(".")[0] not in OURS:
            continue
        there = rank(f"{module}.{name}")
        if there is None or here is None or there > here:
            yield f"line {node.lineno} imports {module}.{name} from above"


def holds_the_request(one):
    if below(one.name, AT_THE_DOOR):
        return
    for node, module, name in imported(one.tree):
        if module.partition(".")[0] in {"flask", "flask_login"} and name in REQUEST:
            yield f"line {node.lineno} reads {name}, which only a door may"


def is_not_pure(one):
    for node, module, _ in imported(one.tree):
        if below(one.name, PURE) and not (
            below(module, PURE) or module.partition(".")[0] in sys.stdlib_module_names
        ):
            yield f"line {node.lineno} imports {module}; rules stand on the standard library alone"


def imports_the_app(one):
    for node, module, _ in imported(one.tree):
        if module == "app":
            yield f"line {node.lineno} imports the app"


BAD = [
    (goes_up, "issues/rules/colour.py", "from issues.models import Issue"),
    (goes_up, "issues/workflow/act.py", "from issues import acts"),
    (goes_up, "issues/queries/board/page.py", "import issues.web.board.page"),
    (goes_up, "auth/models.py", "def late():\n    from auth.signin import digest_of"),
    (goes_up, "issues/stray.py", "import json"),
    (holds_the_request, "issues/acts.py", "from flask import request"),
    (holds_the_request, "issues/evidence/rows.py", "from flask_login import current_user"),
    (is_not_pure, "issues/rules/dates/days.py", "import sqlalchemy"),
    (is_not_pure, "issues/vocabulary/word.py", "from extensions import db"),
    (is_not_pure, "issues/tickets/fields.py", "from issues.models import Issue"),
    (imports_the_app, "seed/example.py", "from app import create_app"),
]
GOOD = [
    (
        goes_up,
        "issues/workflow/act.py",
        "from issues import audit\nfrom issues.ground import clock",
    ),
    (goes_up, "issues/commands/evidence.py", "from issues.acts import do"),
    (goes_up, "issues/models/__init__.py", "from issues.models.issue import Issue"),
    (holds_the_request, "issues/web/board/page.py", "from flask import request"),
    (holds_the_request, "issues/commands/jobs.py", "from flask import current_app"),
    (is_not_pure, "issues/rules/dates/days.py", "from datetime import date"),
]


@pytest.mark.parametrize(("check", "path", "text"), BAD)
def test_the_check_finds_a_planted_fault(check, path, text):
    assert list(check(source(path, text)))


@pytest.mark.parametrize(("check", "path", "text"), GOOD)
def test_the_check_leaves_good_code_alone(check, path, text):
    assert not list(check(source(path, text)))


@pytest.mark.parametrize("check", [goes_up, holds_the_request, is_not_pure])
def test_imports_point_one_way(check):
    assert faults_of(check, product()) == []


def test_nothing_of_the_product_imports_the_app():
    assert faults_of(imports_the_app, modules("auth", "issues", "seed")) == []
