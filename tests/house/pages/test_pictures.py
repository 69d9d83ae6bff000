"""Every page of the product is among those the screenshots take and somebody looks at."""

from tools.pictured import PAGES

FILES = (
    ".pdf",
    ".ofd",
    ".docx",
    ".xlsx",
    ".zip",
    ".toml",
    "/file",
    "/metrics",
    "/healthz",
    "/readyz",
    ".ics",
)
NO_PAGES = {
    "calendar.marks": "asked by the script of a date field",
    "admin_home.begin": "leads to the first page of administration",
    "complaints.document": "a document to take along",
    "covert.preview": "a picture",
    "leads.preview": "a picture",
    "doors.back": "where another system sends a browser back",
    "doors.start": "leads to another system, or asks what it compares, where one is set",
    "dossier.program": "verify.py to take along",
    "help.picture": "a picture",
    "identities.begin": "leads to another system",
    "identities.confirm": "stands once another system has said who it is",
    "login.left": "leads on to another system",
    "opening.page": "of who came with a link, which is used up",
    "notice_sheets.sheet": "a picture",
    "originals.preview": "a picture",
    "pictures_of_import.preview": "a picture",
    "setup_preview.page": "a picture",
    "practice.entry": "leads to the practice city, or waits for it",
    "practice_gate.enter": "of who came with a ticket, which is used up",
    "room.state": "asked by the scripts that watch a round",
    "parts.come": "asked by the script that uploads",
    "staged.come": "asked by the script that uploads",
    "staged.preview": "a picture",
    "sign_in_code.page": "between the two steps of signing in",
    "route.place": "a part of a form, asked by its script",
    "route.state": "asked by the script of a phone",
    "service_worker.script": "a script",
    "static": "files",
    "works.state": "asked by the script that watches",
}


def missing(app, pages):
    """Pages that answer a person's browser and are in no picture."""
    shown = {page.endpoint for page in pages}
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.rule.startswith("/api/v1")
        and not rule.rule.endswith(FILES)
        and rule.endpoint not in shown | NO_PAGES.keys()
    }


def test_every_page_is_pictured(app):
    assert missing(app, PAGES) == set()


def test_a_forgotten_page_is_found(app):
    assert missing(app, [page for page in PAGES if page.endpoint != "board.page"]) == {"board.page"}


def test_every_picture_is_of_a_page_and_has_a_name_of_its_own(app):
    names = [page.name for page in PAGES]

    assert len(names) == len(set(names))
    assert {page.endpoint for page in PAGES} <= app.view_functions.keys()
