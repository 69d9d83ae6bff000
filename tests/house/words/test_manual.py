"""The manual: every page leads into it, and what it names is there: files, pages, labels, words."""

import ast
import re

import pytest
from tree import ROOT, product
from werkzeug.exceptions import HTTPException

from issues.manual import book, examples
from issues.manual.chapters import CHAPTERS, READERS, chapters_of, reader_of
from issues.manual.pages import ACTS, PAGES, help_for
from issues.rules.dates.workdays import Workdays
from issues.rules.each import RECORDS
from issues.rules.policy import Policy
from issues.vocabulary import Action, Role, Rule
from issues.web.door.guards import need_of
from issues.workflow import TRANSITIONS
from tools.pictured import PAGES as PICTURED

MANUAL = ROOT / "docs" / "manual"
CONTENTS = "操作手册.md"
LABEL = re.compile(r"【([^】]+)】")
CODE = re.compile(r"`[^`]*`")
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")
LARGEST = 60 * 1024
ELSEWHERE = {"board.webp", "ticket.webp"}
"""Pictures of the front page, which may be larger."""
WITHOUT = {
    "dossier.key": "read by who does not sign in",
    "help.chapter": "is the manual",
    "help.page": "is the manual",
    "help.printed": "is the manual",
    "login.sign_in": "read by who does not sign in yet",
    "verify.page": "read by who does not sign in",
    "wall.page": "hangs on a wall, without a reader",
}
"""Pages without a “?”, and why."""
BY_PROGRAM = {Action.REGISTER, Action.IMPORT, Action.UPLOAD, Action.REPLACE}
"""Acts whose form is a page of its own."""


def written():
    """Every file of the manual with what it says."""
    return {
        path.relative_to(MANUAL).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(MANUAL.rglob("*.md"))
    }


def spots():
    return {spot for row in (*PAGES.values(), *ACTS.values()) for spot in row}


def missing_spots(asked):
    """Spots of which there is no chapter, or no such heading in it."""
    known = {chapter.slug: chapter for chapter in CHAPTERS}
    for spot in sorted(asked):
        slug, _, anchor = spot.partition("#")
        if slug not in known:
            yield spot
            continue
        parts = (*book.page_of(slug).parts, *book.told_of(known[slug]))
        if anchor and anchor not in {part.anchor for part in parts}:
            yield spot


@pytest.fixture(scope="module")
def shown():
    """All text a page may show: the templates, and every string of the product."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    for one in product():
        nodes = (node for node in ast.walk(one.tree) if isinstance(node, ast.Constant))
        texts += [node.value for node in nodes if isinstance(node.value, str)]
    return "\n".join(texts)


def unknown_labels(text, shown):
    return sorted({label for label in LABEL.findall(CODE.sub("", text)) if label not in shown})


def test_every_file_is_a_chapter_and_the_contents_name_it():
    files = {chapter.file.removeprefix("docs/manual/") for chapter in CHAPTERS}
    named = {target for _, target in LINK.findall(written()[CONTENTS])}

    assert written().keys() - {CONTENTS} == files == named
    assert len({chapter.slug for chapter in CHAPTERS}) == len(CHAPTERS)


def test_every_role_reads_one_manual_and_every_chapter_has_a_reader():
    told = [role for reader in READERS for role in reader.roles]

    assert sorted(told) == sorted(Role)
    assert all(chapter.readers for chapter in CHAPTERS)
    assert {reader.slug for reader in READERS} >= {one for c in CHAPTERS for one in c.readers}
    assert reader_of(frozenset({Role.UNIT_LEADER})).slug == "unit"
    assert reader_of(frozenset()).slug == "unit"


def test_every_page_has_its_row_or_says_why_not(app):
    signed_in = {page.endpoint for page in PICTURED}
    public = {name for name in signed_in if need_of(name).kind == "public"}

    assert signed_in - PAGES.keys() == WITHOUT.keys()
    assert public <= WITHOUT.keys()
    assert app.view_functions.keys() >= PAGES.keys()


def test_every_act_has_its_row():
    assert ACTS.keys() == set(TRANSITIONS) - BY_PROGRAM


def test_every_spot_is_there():
    assert list(missing_spots(spots())) == []
    assert list(missing_spots({"unit#没有这一节", "nowhere"})) == ["nowhere", "unit#没有这一节"]


def test_a_page_opens_the_chapter_of_its_reader():
    office, head = READERS[:2]

    assert help_for("worklist.page", None, office) == "/help/office"
    assert help_for("acts.form", "lift_card", head).startswith("/help/head#")
    assert help_for("acts.form", "nothing", head) == help_for("ticket.page", None, head)
    assert help_for("acts.do", None, head) == "/help"


def test_every_label_the_manual_quotes_stands_on_a_page(shown):
    found = {name: labels for name, text in written().items()
             if (labels := unknown_labels(text, shown))}  # fmt: skip

    assert found == {}
    assert unknown_labels("点【并无此钮】和【交办】", shown) == ["并无此钮"]


def test_every_link_and_picture_of_the_manual_is_there(app):
    routes, lost, pictures = app.url_map.bind(""), [], set()
    for name, text in written().items():
        for is_picture, target in LINK.findall(text):
            path, _, anchor = target.partition("#")
            if path.startswith("/"):
                try:
                    routes.match(path, method="GET")
                except HTTPException:
                    lost.append((name, target))
                continue
            file = (MANUAL / name).parent / path
            if not file.is_file():
                lost.append((name, target))
            elif is_picture:
                pictures.add(file.name)
            elif anchor:
                slug = next(one.slug for one in CHAPTERS if one.file.endswith(file.name))
                lost += missing_spots({f"{slug}#{anchor}"})

    assert lost == []
    assert {path.name for path in book.IMAGES.iterdir()} == pictures
    assert all((book.IMAGES / name).stat().st_size <= LARGEST for name in pictures - ELSEWHERE)


def test_every_rule_is_worked_by_its_own_record():
    told = {one.record.rule: one for one in examples.told(Policy.default(), Workdays())}

    assert list(told) == list(RECORDS) == list(Rule)
    for one in told.values():
        assert one.since is not None, one.record.rule
        assert one.since <= one.example.day
        assert all((one.because, one.remedy))
    assert "提前30天为临期" in told[Rule.Y1].because
    later = examples.told(Policy.from_document({"overdue_grace": 20}), Workdays())
    assert next(one for one in later if one.record.rule is Rule.R1).since is None


def test_every_reader_has_a_manual_of_their_own():
    for reader in READERS:
        own = [chapter.slug for chapter in chapters_of(reader)]
        assert {"accounts", "questions", "glossary", reader.slug} <= set(own)
