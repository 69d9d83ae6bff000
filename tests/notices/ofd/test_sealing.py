"""An OFD under a software seal: judged by OpenSSL's own SM2 and SM3, part by part."""

import base64
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import core, pem
from defusedxml.ElementTree import fromstring
from needs import need
from notice_facts import document
from notice_steps import TODAY, draft
from ofd_rules import OFD, faults, parts
from pressed import planned, press

from extensions import transaction
from issues.ground import clock
from issues.ground.packed.archive import packed
from issues.notices import acts, signing
from issues.notices.ofd.looking import look
from issues.notices.ofd.sealing import CannotSeal, SoftSeal, seal_package
from issues.notices.ofd.ses import SM2_WITH_SM3, SealInfo, SESeal, SESSignature, bits
from issues.notices.ofd.writing import written
from issues.notices.rights import load
from issues.vocabulary import NoticeAct

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
ID = "distid:1234567812345678"


def openssl(*asked, data=b"", fine=(0,)):
    command = [shutil.which("openssl"), *map(str, asked)]
    done = subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603
    assert done.returncode in fine, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A folder with a key, its certificate and a seal of a maker who is nobody."""
    need(shutil.which("openssl"), "没有 openssl，无法另行核对 SM2 签名")
    home = tmp_path_factory.mktemp("seal")
    key, cert = home / "key.pem", home / "cert.pem"
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", key)
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out",
            home / "other.pem")  # fmt: skip
    openssl("req", "-x509", "-new", "-key", key, "-sm3", "-sigopt", ID, "-subj", "/CN=test",
            "-days", "9", "-out", cert)  # fmt: skip
    der = pem.unarmor(cert.read_bytes())[2]
    moment = core.GeneralizedTime
    info = SealInfo({
        "header": {"id": "ES", "version": 4, "vid": "test"}, "seal_id": "1",
        "property": {
            "kind": 1, "name": "测试印章", "list_kind": 1, "certificates": [der],
            "made": moment(NOW), "valid_from": moment(NOW - timedelta(days=9)),
            "valid_until": moment(NOW + timedelta(days=9)),
        },
        "picture": {"kind": "PNG", "data": b"", "width": 42, "height": 42},
    })  # fmt: skip
    seal = SESeal({
        "info": info, "certificate": der, "algorithm": SM2_WITH_SM3, "signature": bits(b"x"),
    })  # fmt: skip
    (home / "seal.esl").write_bytes(seal.dump())
    openssl("x509", "-in", cert, "-pubkey", "-noout", "-out", home / "public.pem")
    return home


@pytest.fixture
def sealed(held, faces):
    seal = SoftSeal(held / "seal.esl", held / "key.pem")
    return seal_package(written(document(), faces), seal, NOW)


def judged(data, home):
    """What is wrong with the seal of a package, by OpenSSL alone."""
    found = parts(data)
    text = found["Doc_0/Signs/Sign_0/Signature.xml"]
    covered = {
        one.get("FileRef").lstrip("/"): one[0].text
        for one in fromstring(text).iter(f"{OFD}Reference")
    }
    for name in set(found) - set(covered):
        if "/Signs/" not in name:
            yield f"{name} is under no seal"
    for name, told in covered.items():
        if _sm3(found[name]) != base64.b64decode(told):
            yield f"{name} was changed"
    signature = SESSignature.load(found["Doc_0/Signs/Sign_0/SignedValue.dat"])
    to_sign = signature["to_sign"]
    if _bytes(to_sign["digest"]) != _sm3(text):
        yield "the list of parts was changed"
    (home / "signature").write_bytes(_bytes(signature["signature"]))
    said = openssl(
        "pkeyutl", "-verify", "-pubin", "-inkey", home / "public.pem", "-sigfile",
        home / "signature", "-rawin", "-digest", "sm3", "-pkeyopt", ID, "-in", "/dev/stdin",
        data=to_sign.dump(), fine=(0, 1),
    )  # fmt: skip
    if b"Success" not in said:
        yield "the signature is none"


def _sm3(data):
    return openssl("dgst", "-sm3", "-binary", data=data)


def _bytes(one):
    return one.contents[1:]


def test_openssl_finds_every_part_under_a_good_seal(sealed, held):
    assert list(faults(sealed)) == []
    assert list(judged(sealed, held)) == []


@pytest.mark.parametrize(
    "name", ["Doc_0/Document.xml", "OFD.xml", "Doc_0/Pages/Page_0/Content.xml"]
)
def test_a_changed_part_is_found(sealed, held, name):
    found = parts(sealed)
    found[name] += b" "
    assert list(judged(packed(found), held)) == [f"{name} was changed"]


def test_a_seal_out_of_time_or_unreadable_seals_nothing(held, faces, tmp_path):
    plain = written(document(), faces)
    with pytest.raises(CannotSeal, match="有效期"):
        seal_package(plain, SoftSeal(held / "seal.esl", held / "key.pem"), NOW + timedelta(days=99))
    (tmp_path / "x").write_bytes(b"no seal")
    for seal in (
        SoftSeal(tmp_path / "x", held / "key.pem"),
        SoftSeal(held / "seal.esl", tmp_path / "x"),
    ):
        with pytest.raises(CannotSeal, match="电子印章"):
            seal_package(plain, seal, NOW)


def test_a_look_names_seal_and_certificate_and_tells_what_was_changed(sealed, held, faces):
    found = look(sealed)
    assert (found.seal, found.holder, found.issuer, found.at) == ("测试印章", "test", "test", NOW)
    assert found.is_good
    assert look(written(document(), faces)) is None
    content = "Doc_0/Pages/Page_0/Content.xml"
    for name in (content, "Doc_0/Signs/Sign_0/Signature.xml"):
        changed = parts(sealed)
        changed[name] += b" "
        assert not look(packed(changed)).is_good
    more = parts(sealed) | {"Doc_0/more.xml": b"<x/>"}
    assert not look(packed(more)).is_good
    other = parts(seal_package(written(document(), faces),
                               SoftSeal(held / "seal.esl", held / "other.pem"), NOW))  # fmt: skip
    assert not look(packed(other)).is_good, "signed by another key than the certificate's"
    broken = parts(sealed)
    broken["Doc_0/Signs/Sign_0/SignedValue.dat"] = b"0\x03xyz"
    with pytest.raises(ValueError, match="cannot be read"):
        look(packed(broken))


def test_a_paper_is_sealed_as_it_is_signed(people, held):
    made = replace(press(), seal=lambda: SoftSeal(held / "seal.esl", held / "key.pem"))
    notice = draft(people, planned(people))
    with pytest.MonkeyPatch.context() as patched, transaction():
        patched.setattr(clock, "real_now", lambda: NOW)
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, made, at=TODAY)
    kept = signing.copied(load(notice.id, people.sun), press())
    assert list(judged(kept, held)) == []
    assert signing.copy_seal(load(notice.id, people.sun), press()).seal == "测试印章"
