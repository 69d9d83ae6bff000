"""Every door reads text through the one place that says what becomes of each sign."""

import ast

import pytest
from tree import calls, dotted, faults_of, product, source

HERE = "issues.ground.signs"
DOORS = {
    "issues.act_fields.details": "the details of every act",
    "issues.web.door.forms": "forms of pages",
    "issues.api.door.sent": "words of a call's query",
    "issues.ground.documents": "JSON and TOML",
    "issues.exchange.workbook.sheet": "cells, headings, names of sheets",
    "issues.exchange.uploads": "the name of a workbook",
    "issues.evidence.intake.proof": "names of files",
    "issues.evidence.rows": "what is said of a file",
    "issues.queries.register.filters": "the register's questions",
    "issues.queries.notices.pages": "questions to the notices",
    "issues.commands.typed": "the command line",
    "issues.search.spelling": "what is searched, and the question",
    "issues.notices.facts.gather": "old records, where a notice is drawn from them",
}
OF_SIGNS = {
    HERE: "the place itself",
    "issues.search.initials": "the letter under an accent",
    "issues.search.spelling": "case, upon the fold",
    "issues.evidence.flags.repeated": "a fingerprint of reports, kept in the database",
    "issues.evidence.decoding.photos": "what a camera wrote into a picture",
    "issues.notices.fonts.faces": "how wide a sign is drawn",
    "issues.notices.kinds.checking": "a template that was kept",
    "issues.notices.checks": "the last look before a page is signed",
}
"""Who else looks at signs one by one, and at what."""
READERS = frozenset({"form.get", "form.getlist", "form.items", "form.to_dict", "files.getlist"})
OF_FORMS = {
    "issues.web.door.forms": "the reader",
    "issues.web.door.admission": "what no database keeps",
    "issues.web.door.once": "whether the same was sent before, to the byte",
    "issues.api.evidence": "files sent by a call; the words go to issues.evidence.rows",
}


def knows(name, known):
    return any(name == one or name.startswith(f"{one}.") for one in known)


def judges_signs(one):
    """unicodedata is asked in one place."""
    if one.name in OF_SIGNS:
        return
    for node in ast.walk(one.tree):
        names = [alias.name for alias in getattr(node, "names", ()) if hasattr(alias, "name")]
        if isinstance(node, ast.Import) and "unicodedata" in names:
            yield f"line {node.lineno} imports unicodedata; {HERE} knows the signs"
        if isinstance(node, ast.ImportFrom) and node.module == "unicodedata":
            yield f"line {node.lineno} imports from unicodedata; {HERE} knows the signs"


def reads_forms(one):
    if knows(one.name, OF_FORMS):
        return
    for call in calls(one.tree):
        called = dotted(call.func)
        if called.startswith("request.") and called.removeprefix("request.") in READERS:
            yield f"line {call.lineno} calls {called} itself"


def asks_signs(one):
    return any(dotted(call.func).startswith("signs.") for call in calls(one.tree)) or any(
        dotted(node) in {"signs.clean", "signs.bare"} for node in ast.walk(one.tree)
    )


def stores_words_typed_on_the_command_line(one):
    """An argument or option of plain text says that it is TYPED."""
    if not one.name.startswith("issues.commands."):
        return
    for call in calls(one.tree):
        if dotted(call.func) in {"click.argument", "click.option"} and not any(
            word.arg in {"type", "is_flag"} for word in call.keywords
        ):
            yield f"line {call.lineno} takes plain text; issues.commands.typed reads it"


BAD = [
    (judges_signs, "issues/exchange/reading/items.py", "import unicodedata"),
    (judges_signs, "issues/web/ticket/page.py", "from unicodedata import category"),
    (reads_forms, "issues/web/ticket/page.py", "x = request.form.get('title')"),
    (reads_forms, "issues/api/ticket/page.py", "x = request.form.getlist('title')"),
    (stores_words_typed_on_the_command_line, "issues/commands/users.py", "click.option('--note')"),
]
GOOD = [
    (judges_signs, "issues/ground/signs.py", "import unicodedata"),
    (reads_forms, "issues/web/door/forms.py", "x = request.form.get('title')"),
    (
        stores_words_typed_on_the_command_line,
        "issues/commands/users.py",
        "click.option('--note', type=TYPED)",
    ),
]
CHECKS = (judges_signs, reads_forms, stores_words_typed_on_the_command_line)


@pytest.mark.parametrize(("check", "path", "text"), BAD)
def test_the_check_finds_a_planted_fault(check, path, text):
    assert list(check(source(path, text)))


@pytest.mark.parametrize(("check", "path", "text"), GOOD)
def test_the_check_leaves_good_code_alone(check, path, text):
    assert not list(check(source(path, text)))


@pytest.mark.parametrize("check", CHECKS)
def test_signs_are_judged_in_one_place(check):
    assert faults_of(check, product()) == []


def test_every_door_asks_it():
    doors = {one.name: asks_signs(one) for one in product() if one.name in DOORS}

    assert doors == dict.fromkeys(DOORS, True)
