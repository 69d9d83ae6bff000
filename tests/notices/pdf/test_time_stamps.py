"""Time stamps from a service on this machine, and data that judge a signature long after."""

from datetime import UTC, datetime

import clock_service
import kept_pdf
import pdfa_rules
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from notice_facts import document

from issues.ground import outward
from issues.notices.page.gongwen import render
from issues.notices.pdf.sealing import CannotSign, CannotStamp, Certificate

PASSWORD = "only the tests know"
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture(scope="module")
def authority():
    return clock_service.Authority()


@pytest.fixture(scope="module")
def service(authority):
    with clock_service.answering(authority.stamper()) as url:
        yield url


@pytest.fixture(scope="module")
def plain(faces):
    return render(document(), faces).pdf


@pytest.fixture
def own(authority, tmp_path):
    """`own(tsa=…, revoked=…)`: a certificate of the authority with these settings."""
    encryption = BestAvailableEncryption(PASSWORD.encode())
    bundle = pkcs12.serialize_key_and_certificates(
        b"own", authority.key, authority.mine, [authority.root], encryption
    )
    (tmp_path / "own.p12").write_bytes(bundle)
    (tmp_path / "root.pem").write_bytes(authority.root.public_bytes(Encoding.PEM))

    def made(lists=None, **more):
        if lists is not None:
            (tmp_path / "lists").mkdir(exist_ok=True)
            (tmp_path / "lists" / "root.crl").write_bytes(lists)
            more["revoked"] = tmp_path / "lists"
        return Certificate(tmp_path / "own.p12", PASSWORD, tmp_path / "root.pem", **more)

    return made


def test_a_stamp_is_asked_for_put_in_and_told(own, plain, service):
    signer = own(tsa=service)
    signed = signer.sign(plain, "签发")
    found = signer.look(signed)
    assert found.is_good
    assert (found.stamp.by, found.stamp.is_good) == ("测试时间戳", True)
    assert found.stamp_sentence == "时间戳有效"
    assert signed.startswith(plain)
    assert kept_pdf.told_of(signed) == kept_pdf.told_of(plain)
    assert list(pdfa_rules.faults(signed)) == []


def test_with_lists_of_revocations_it_can_be_judged_long_after(own, authority, plain, service):
    signer = own(authority.revoked(), tsa=service)
    signed = signer.sign(plain, "签发")
    found = signer.look(signed)
    assert found.is_good
    assert found.is_lasting
    assert "长期验证数据" in found.stamp_sentence
    assert signed.count(b"/ETSI.RFC3161") == 1, "the whole file is stamped at last"
    assert list(pdfa_rules.faults(signed)) == []
    spoilt = signed.replace(b"/Type /Page\n", b"/Type /Pagf\n", 1)
    spoilt = spoilt if spoilt != signed else signed[:999] + b"\x00" + signed[1000:]
    looked = signer.look(spoilt)
    assert looked is None or not looked.is_good


def test_without_a_service_nothing_is_stamped_and_nothing_says_so(own, authority, plain):
    found = own().look(own().sign(plain, "签发"))
    assert (found.is_good, found.stamp, found.stamp_sentence) == (True, None, "")
    lasting = own(authority.revoked())
    found = lasting.look(lasting.sign(plain, "签发"))
    assert (found.is_good, found.stamp, found.is_lasting) == (True, None, True)


def test_where_the_service_is_away_it_is_refused_or_signed_without_as_it_is_set(own, plain):
    with pytest.raises(CannotStamp, match="文号没有使用"):
        own(tsa=NOBODY).sign(plain, "签发")
    signer = own(tsa=NOBODY, must_stamp=False)
    found = signer.look(signer.sign(plain, "签发"))
    assert (found.is_good, found.stamp) == (True, None)


SICK = {
    "error": {"status": 500},
    "page": {"kind": "text/html"},
    "elsewhere": {"status": 302},
    "noise": {"spoil": lambda _answer: b"\x30\x80 no answer"},
    "endless": {"spoil": lambda answer: answer + bytes(300_000)},
    "cut": {"spoil": lambda answer: answer[:-40]},
}


@pytest.mark.parametrize("how", SICK.values(), ids=SICK)
def test_an_answer_that_is_none_is_no_stamp_and_is_not_followed(own, authority, plain, how):
    asked = []
    service = clock_service.answering(authority.stamper(), asked=asked, **how)
    with service as url, pytest.raises(CannotStamp):
        own(tsa=url).sign(plain, "签发")
    assert set(asked) == {"/tsa"}


def test_a_silenced_copy_asks_nobody(own, authority, plain, monkeypatch):
    asked = []
    monkeypatch.setattr(outward, "may_speak", lambda: False)
    service = clock_service.answering(authority.stamper(), asked=asked)
    with service as url, pytest.raises(CannotStamp):
        own(tsa=url).sign(plain, "签发")
    assert asked == []


def test_a_clock_of_another_authority_is_told_as_not_trusted(own, plain):
    with clock_service.answering(clock_service.Authority().stamper()) as url:
        signer = own(tsa=url)
        found = signer.look(signer.sign(plain, "签发"))
    assert found.is_good
    assert not found.stamp.is_good
    assert "不能确认" in found.stamp_sentence


def test_a_revoked_certificate_and_an_old_list_sign_nothing(own, authority, plain):
    with pytest.raises(CannotSign, match="吊销列表"):
        own(authority.revoked(authority.mine)).sign(plain, "签发")
    with pytest.raises(CannotSign, match="吊销列表"):
        own(authority.revoked(days=-1)).sign(plain, "签发")
    with pytest.raises(CannotSign, match="读不出"):
        own(b"no list").sign(plain, "签发")


def test_when_its_lists_end_is_told_before_somebody_signs(own, authority):
    assert own().lists_until() is None
    assert own(authority.revoked(days=-1)).lists_until() < datetime.now(UTC)
    assert own(authority.revoked()).lists_until() > datetime.now(UTC)
