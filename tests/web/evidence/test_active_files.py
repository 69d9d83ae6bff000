"""A file that would do something by itself is refused at every door, and nothing of it is kept."""

import io

import pytest
from caller import Callers
from sqlalchemy import func, select
from workbooks import upload

from extensions import db
from issues.evidence.intake import pdf
from issues.exchange.workbook import package
from issues.models import Evidence, LedgerImport
from issues.vocabulary import Status
from tests.evidence.intake.active_files import DOCUMENTS, PDFS, WORKBOOKS

FILES = {
    **{f"{what}.docx": one for what, one in DOCUMENTS.items()},
    **{f"{what}.xlsx": one for what, one in WORKBOOKS.items()},
    **{f"{what}.pdf": one for what, one in PDFS.items()},
}
BY_API = frozenset(list(FILES)[::4])
REFUSED = {415, 422}


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def kept(place):
    return [one for one in place.evidence.rglob("*") if one.is_file()]


@pytest.fixture
def api(app):
    return Callers(app)


def test_evidence_by_page_and_by_api(browser, api, make_issue, place):
    issue = make_issue(Status.RECTIFYING)
    chen, url = browser.as_("chen"), f"/issues/{issue.number}/evidence"
    before = kept(place), count(Evidence)
    form = chen.bare({"kind": "plan"})

    for name, (made, words) in FILES.items():
        data = made()
        page = chen.send(
            url, expect=_status(name), file=[(io.BytesIO(data), f"材料.{_of(name)}")], **form
        )
        assert words in page.error("file"), name
        if name in BY_API:
            said = api.chen.upload(issue.number, data, f"材料.{_of(name)}", "plan", expect=REFUSED)
            assert words in said["detail"], name

    assert (kept(place), count(Evidence)) == before


def _of(name):
    return name.rpartition(".")[2]


def _status(name):
    return 415 if name.startswith(("macros", "a program.")) else 422


def test_without_the_guard_the_page_would_take_it(browser, make_issue, monkeypatch):
    issue = make_issue(Status.RECTIFYING)
    chen = browser.as_("chen")
    monkeypatch.setattr(pdf, "refuse_active_pdf", lambda _: None)
    data = PDFS["an enclosed program"][0]()

    chen.send(
        f"/issues/{issue.number}/evidence",
        file=[(io.BytesIO(data), "材料.pdf")],
        **chen.bare({"kind": "plan"}),
    )

    assert count(Evidence) == 1


def test_a_ledger_by_page_and_by_command(browser, app, tmp_path):
    sun, file = browser.as_("sun"), tmp_path / "台账.xlsx"

    for what, (made, words) in WORKBOOKS.items():
        page = upload(sun, made(), expect=422)
        assert words in page.error("workbook"), what
        file.write_bytes(made())
        run = app.test_cli_runner().invoke(args=["ledger", "import", str(file)])
        assert (run.exit_code, words in run.output) == (1, True), what

    assert count(LedgerImport) == 0


def test_without_the_guard_the_import_would_take_it(browser, monkeypatch):
    monkeypatch.setattr(package, "_refuse_active", lambda *_: None)

    upload(browser.as_("sun"), WORKBOOKS["an OLE object"][0]())

    assert count(LedgerImport) == 1
