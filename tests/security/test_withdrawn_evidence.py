"""A file that was withdrawn is not there any more, for anybody but the office and the auditor."""

import io
import json
import zipfile

import pytest
from caller import PREFIX
from sqlalchemy import select

from extensions import db
from issues.models import Evidence
from issues.rights.scopes import ALL
from issues.rights.table import TABLE, Right
from issues.vocabulary import EvidenceKind, Status
from tests.evidence import samples

NAME, REASON = "王有理家门口.jpg", "照片里有举报人"
OTHERS = ("chen", "chenlead", "liu", "lin", "zhou", "zhao", "he")


@pytest.fixture
def withdrawn(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=(NAME, samples.jpeg()))
    url = f"/issues/{issue.number}/evidence/{row.id}"
    browser.as_("chen").post(f"{url}/withdraw", via=url, withdraw_reason=REASON)
    return issue, db.session.scalars(select(Evidence)).one()


def told(look, issue, row, name):
    """All that a person is answered at every address where the file or its name might stand."""
    url = f"/issues/{issue.number}"
    doors = [f"{url}/evidence/{row.id}{door}" for door in ("", "/file", "/preview/320")]
    gone = [look(name, one).status_code for one in (*doors, f"{PREFIX}{doors[1]}")]
    pages = ("", "/evidence", "/evidence?by=stage", "/dossier", "/flags", "/readings")
    texts = [look(name, f"{url}{page}").get_data(as_text=True) for page in pages]
    calls = ("", "/evidence", "/history", "/actions")
    return gone, texts + [look(name, f"{PREFIX}{url}{call}").data.decode() for call in calls]


def names_it(texts, row):
    return [text for text in texts if NAME in text or REASON in text or row.sha256 in text]


@pytest.mark.postgresql
def test_it_is_as_if_it_had_never_been_there(look, withdrawn):
    issue, row = withdrawn
    for name in OTHERS:
        gone, texts = told(look, issue, row, name)
        assert set(gone) == {404}, name
        assert not names_it(texts, row), name


def test_the_office_keeps_it_with_the_reason_and_the_auditor_the_record(look, browser, withdrawn):
    issue, row = withdrawn
    gone, texts = told(look, issue, row, "sun")

    assert set(gone) == {200}
    assert REASON in texts[1]
    assert REASON in browser.as_("auditor").get("/history").text


def test_with_the_guard_off_the_unit_would_read_it(look, withdrawn, monkeypatch):
    for role in TABLE[Right.SEE_WITHDRAWN]:
        monkeypatch.setitem(TABLE[Right.SEE_WITHDRAWN], role, ALL)
    gone, texts = told(look, *withdrawn, "chen")

    assert set(gone) == {200}
    assert names_it(texts, withdrawn[1])


@pytest.mark.parametrize("inside", [[], ["--inside"]])
def test_no_dossier_holds_it(app, withdrawn, tmp_path, inside):
    issue, row = withdrawn
    path = tmp_path / "档.zip"
    done = app.test_cli_runner().invoke(args=["dossier", issue.number, "-o", str(path), *inside])
    assert done.exit_code == 0, done.output

    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name in whole if "有理" in name or "撤回" in name]
    assert samples.jpeg() not in whole.values()
    told = json.dumps(json.loads(whole["history.json"]), ensure_ascii=False)
    assert not names_it([told, whole["manifest.json"].decode()], row)
