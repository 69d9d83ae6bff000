"""The time stamp of a paper on its page and on the public one; the OFD compared there; settings."""

import io
from dataclasses import replace

import certificates
import clock_service
import pytest
from notice_steps import TODAY, draft
from pressed import planned, press

from config import Config
from config_values import Misconfigured
from extensions import transaction
from issues.notices import acts, signing
from issues.notices.pdf.sealing import CannotStamp, Certificate
from issues.notices.rights import load
from issues.vocabulary import NoticeAct, NoticeStatus


@pytest.fixture
def stamped(app, tmp_path, monkeypatch):
    """An app whose papers are stamped: by a clock nobody here trusts, which is told too."""
    files = certificates.make(tmp_path)
    with clock_service.answering(clock_service.Authority().stamper()) as url:
        signer = Certificate(files[0], certificates.PASSWORD, files[1], tsa=url)
        settings = replace(app.extensions["settings"], tsa_url=url)
        monkeypatch.setitem(app.extensions, "signer", lambda: signer)
        monkeypatch.setitem(app.extensions, "settings", settings)
        yield signer


def test_the_stamp_stands_on_both_pages_and_the_ofd_is_known_there(people, browser, stamped):
    notice = draft(people, planned(people))
    browser.as_("zhou").sign(f"/notices/{notice.id}")
    notice = load(notice.id, people.sun)
    assert "时间戳" in browser.as_("sun").get(f"/notices/{notice.id}").text
    shown = browser.as_("sun").get(f"/verify/{notice.token}").text
    assert "不能确认" in shown
    assert "测试时间戳" in shown
    assert notice.copy.sha256 in shown
    paper = io.BytesIO(signing.copied(notice, press()))
    answer = browser.as_("sun").post(f"/verify/{notice.token}", file=(paper, "a.ofd"))
    assert "逐字节相同" in answer.text


def test_no_stamp_no_number(people, tmp_path):
    files = certificates.make(tmp_path)
    away = Certificate(files[0], certificates.PASSWORD, files[1], tsa="http://127.0.0.1:9/")
    notice = draft(people, planned(people))
    made = replace(press(), signer=lambda: away)
    with pytest.raises(CannotStamp), transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, made, at=TODAY)
    assert load(notice.id, people.sun).status is NoticeStatus.DRAFT


def test_settings_are_read_and_a_wrong_one_is_named(tmp_path):
    given = {"DEMO": "1", "TSA_URL": "http://tsa.example/", "TSA_AWAY": "sign"}
    config = Config.from_env({**given, "SIGN_CRLS": str(tmp_path)}, tmp_path)
    assert (config.tsa_url, config.must_stamp) == ("http://tsa.example/", False)
    assert config.sign_crls == tmp_path
    assert Config.from_env({"DEMO": "1"}, tmp_path).must_stamp
    for name, value in (("TSA_URL", "tsa"), ("TSA_AWAY", "x"), ("SIGN_CRLS", "/no/such")):
        with pytest.raises(Misconfigured, match=name):
            Config.from_env({"DEMO": "1", name: value}, tmp_path)
