"""PAdES with the operator's certificate: made at signing, looked at when shown, never drawn."""

from dataclasses import replace

import certificates
import kept_pdf
import pytest
from notice_facts import document
from pressed import noon, planned, press

from extensions import transaction
from issues.notices import acts, drafting
from issues.notices.page.gongwen import render
from issues.notices.pdf.sealing import CannotSign, Certificate
from issues.notices.pdf.signature import Finding
from issues.notices.rights import load
from issues.notices.signing import frozen, redrawn, signature
from issues.vocabulary import NoticeAct, NoticeKind

TODAY = noon("2025-11-25")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return certificates.make(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def own(files):
    return Certificate(files[0], certificates.PASSWORD, files[1])


@pytest.fixture(scope="module")
def plain(faces):
    return render(document(), faces).pdf


@pytest.fixture(scope="module")
def signed(own, plain):
    return own.sign(plain, "签发")


def test_a_signed_file_is_found_good(own, signed):
    found = own.look(signed)

    assert found.is_good
    assert found.signer == "巴中市生态环境保护委员会办公室"
    assert found.sentence == "数字签名有效，文件自签名后未被改动"


def test_signing_only_adds_behind_the_page(plain, signed):
    assert signed.startswith(plain)
    assert len(signed) - len(plain) < 40_000
    assert b"/AP" not in signed[len(plain) :].replace(b"/AP null", b""), "nothing is drawn"
    assert b"/ETSI.CAdES.detached" in signed
    assert kept_pdf.told_of(signed) == kept_pdf.told_of(plain)


def test_one_byte_changed_is_found(own, plain, signed):
    place = len(plain) // 2
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]

    found = own.look(changed)
    assert found is None or not found.is_good


def test_something_added_behind_the_signature_is_found(own, signed):
    from io import BytesIO  # noqa: PLC0415

    import pikepdf  # noqa: PLC0415

    out = BytesIO()
    with pikepdf.open(BytesIO(signed)) as opened:
        opened.save(out)
    found = own.look(out.getvalue())
    assert found is None or not found.is_good


def test_a_certificate_of_another_authority_is_not_trusted(own, plain, tmp_path):
    theirs = Certificate(
        certificates.make(tmp_path, authority="别处的根证书")[0], certificates.PASSWORD
    )

    found = own.look(theirs.sign(plain, "签发"))
    assert found.is_intact
    assert not found.is_trusted
    assert "不受信任" in found.sentence
    assert theirs.look(theirs.sign(plain, "签发")).is_good, "its own root is in its file"


def test_an_unsigned_file_bears_none(own, plain):
    assert own.look(plain) is None


def test_a_wrong_password_is_said_and_nothing_is_signed(files, plain):
    with pytest.raises(CannotSign, match="签名证书读不出"):
        Certificate(files[0], "wrong").sign(plain, "签发")


@pytest.mark.both
def test_a_notice_is_signed_frozen_and_looked_at(people, own):
    ticket, made = planned(people), replace(press(), signer=lambda: own)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [ticket.number], people.sun, TODAY)
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, made, at=TODAY)

    notice = load(notice.id, people.sun)
    kept = frozen(notice, made)
    assert signature(notice, made).is_good
    assert kept.startswith(redrawn(notice, made.faces()))
    assert signature(notice, press()) is None


def test_a_number_is_not_taken_where_the_certificate_cannot_be_read(people, files):
    ticket = planned(people)
    broken = replace(press(), signer=lambda: Certificate(files[0], "wrong"))
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [ticket.number], people.sun, TODAY)
    with pytest.raises(CannotSign), transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, broken, at=TODAY)

    with transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
    assert load(notice.id, people.sun).number == "巴环委办督〔2025〕1号"


class Elsewhere:
    """A seal service by the same two acts, as a national one would be."""

    def sign(self, pdf, reason):
        return pdf + f"\n% {len(reason)}".encode()

    def sign_data(self, data):
        return b"by another service: " + data

    def look(self, pdf):
        return Finding("国家电子印章平台", True, True, b"\n% " in pdf[-8:], None)


def test_another_service_can_take_its_place(people, browser, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "signer", Elsewhere)
    ticket = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=ticket.number)
    link = next(
        url for url in browser.as_("zhou").get("/notices", kind="N3", status="draft").links
        if url.rpartition("/")[2].isdecimal() and url.startswith("/notices/")
    )  # fmt: skip
    browser.as_("zhou").sign(link)

    assert "国家电子印章平台" in browser.as_("chen").get(link).text
