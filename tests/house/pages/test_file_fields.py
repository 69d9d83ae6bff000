"""Files are sent in one way everywhere; a form that takes them otherwise says why here."""

import re

import pytest
from tree import ROOT, committed

from issues.web.door.guards import need_of
from issues.web.evidence.open_forms import FORMS

COMPONENT, PLAIN = "components/form/files.html", "components/form/plain_file.html"
IN_HAND = re.compile(r"""type=["']file["']""")
PLAIN_USED = re.compile(r"\bplain_file\(|import plain_file")
DRAWN_BY_TYPE = '"search", "file"'
READ = re.compile(r"\bforms\.files?\(")
READS_TEXT = "a text file of some kilobytes, read at once and not kept as a file"
TEMPLATES = {
    "board/map_sheets.html": READS_TEXT,
    "components/form/control.html": "a field of a table of fields; its views stand below",
    COMPONENT: "the one way itself",
    PLAIN: "what the forms of this list draw",
    "errors/_typed.html": "what came without script; what waits goes along by its word",
    "evidence/_upload.html": "the page of evidence keeps each file as soon as it is whole",
    "notices/verify.html": "the file stays on the reader's own device",
    "onsite/_photos.html": "without a network photos wait sealed on the phone itself",
    "supervision/calendar.html": READS_TEXT,
    "supervision/policy.html": READS_TEXT,
}
"""Templates with a file field that is not the component, and why."""
VIEWS = {
    "issues/web/door/files/staged.py": "the one way itself",
    "issues/web/evidence/originals.py": "what is kept sealed never waits (ADR 0077)",
    "issues/web/evidence/page.py": "the page of evidence keeps each file as soon as it is whole",
    "issues/web/evidence/parts.py": "the same: a still of a film beside it",
    "issues/web/exchange/arriving.py": READS_TEXT,
    "issues/web/notices/verify.py": "compared, and not kept",
    "issues/web/supervision/access.py": READS_TEXT,
    "issues/web/supervision/calendar.py": READS_TEXT,
    "issues/web/supervision/maps.py": READS_TEXT,
    "issues/web/supervision/policy_file.py": READS_TEXT,
}
"""Modules of pages that read a file of a form by themselves, and why."""


def texts(folder, ending):
    for name, text in committed():
        if name.startswith(f"{folder}/") and name.endswith(ending):
            yield name, text


def plain_templates(found):
    """Templates that draw a file field by hand or the plain one."""
    return {
        name.removeprefix("templates/")
        for name, text in found
        if IN_HAND.search(text) or PLAIN_USED.search(text) or DRAWN_BY_TYPE in text
    }  # fmt: skip


def reading(found):
    return {name for name, text in found if READ.search(text)}


def test_every_file_field_is_the_component_or_says_why_not():
    assert plain_templates(texts("templates", ".html")) == set(TEMPLATES)
    assert all(len(reason) > 15 for reason in [*TEMPLATES.values(), *VIEWS.values()])


def test_every_view_takes_files_by_the_one_way_or_says_why_not():
    assert reading(texts("issues/web", ".py")) == set(VIEWS)


@pytest.mark.parametrize(
    "planted",
    [
        '<input class="form-control" type="file" name="photos" multiple>',
        "<input name='file' type='file'>",
        '{{ plain_file("file", "照片", ".jpg") }}',
    ],
)
def test_a_new_plain_field_is_found(planted):
    assert plain_templates([("templates/leads/planted.html", planted)]) == {"leads/planted.html"}


def test_a_new_view_that_reads_by_itself_is_found():
    planted = [("issues/web/leads/planted.py", 'sent = forms.files("photos")')]
    assert reading(planted) == {"issues/web/leads/planted.py"}


def test_every_form_that_files_wait_for_declares_who_may_send_it(app):
    rules = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    assert set(FORMS) <= rules
    with app.app_context():
        assert [name for name in FORMS if need_of(name).power is None] == []


def test_the_component_is_drawn_with_its_script():
    """A page that draws it loads what sends the files, itself or by what it is a part of."""
    whole = dict(texts("templates", ".html"))
    drawing = {name for name, text in whole.items() if "import files %}" in text}
    parts = {"templates/ticket/act/_files.html": "templates/ticket/act/page.html",
             "templates/notices/answer/_form.html": "templates/notices/page.html",
             "templates/notices/answer/_points.html": "templates/notices/page.html"}  # fmt: skip
    sample = "templates/admin/style.html"  # shows how it looks, and sends nothing
    lacking = [name for name in drawing - {sample}
               if "_files_scripts.html" not in whole[parts.get(name, name)]]  # fmt: skip
    assert lacking == []
    assert ROOT.joinpath("static/js/upload/files.js").is_file()
