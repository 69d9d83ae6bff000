"""The OFD of a signed notice: kept beside its PDF, given out as it was, never another page."""

import hashlib
import io
import zipfile

import pytest
from notice_steps import TODAY, do, draft
from ofd_rules import faults, text_of
from pressed import planned, press
from sqlalchemy import delete

from extensions import db, transaction
from issues.evidence.storage.named import is_named
from issues.models import NoticeCopy
from issues.notices import signing
from issues.notices.docx.reading import read
from issues.notices.readiness import draft_now
from issues.notices.rights import load


@pytest.fixture
def signed(people):
    notice = draft(people, planned(people))
    do("sign", notice, people.zhou)
    return load(notice.id, people.sun)


def test_it_is_kept_when_the_paper_is_signed_and_named_among_kept_bytes(signed):
    kept = signing.copied(signed, press())
    assert list(faults(kept)) == []
    assert signed.number in "".join(text_of(kept))
    assert signed.copy.sha256 == hashlib.sha256(kept).hexdigest()
    assert is_named(signed.copy.sha256)


def test_one_signed_before_is_drawn_anew_only_where_the_page_is_still_the_same(signed, monkeypatch):
    kept = signing.copied(signed, press())
    with transaction():
        db.session.execute(delete(NoticeCopy))
    db.session.expire_all()
    assert signing.copied(signed, press()) == kept
    monkeypatch.setattr(signing, "redrawn", lambda *_: b"%PDF another page")
    with pytest.raises(signing.CannotCopy, match="请使用签发的 PDF"):
        signing.copied(signed, press())


def test_the_page_gives_both_files_of_a_draft_and_the_ofd_alone_of_a_signed_one(people, browser):
    notice = draft(people, planned(people))
    seen, url = browser.as_("sun"), f"/notices/{notice.id}"
    for ending, kind in (("ofd", "application/ofd"), ("docx", "wordprocessingml")):
        assert f'href="{url}.{ending}"' in seen.get(url).html
        answer = seen.get(f"{url}.{ending}").answer
        assert kind in answer.headers["Content-Type"]
        assert "attachment" in answer.headers["Content-Disposition"]
        assert zipfile.is_zipfile(io.BytesIO(answer.data))
    made = press()
    ready = draft_now(load(notice.id, people.sun), TODAY, made.faces(), is_example=False)
    assert read(seen.get(f"{url}.docx").answer.data) == ready.document.body

    browser.as_("zhou").sign(url)
    text = seen.get(url).html
    assert f'href="{url}.ofd"' in text
    assert ".docx" not in text
    assert "不再给出" in seen.get(f"{url}.docx", expect=409).text
    assert seen.get(f"{url}.ofd").answer.data == signing.copied(load(notice.id, people.sun), made)
