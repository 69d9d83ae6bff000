"""Algorithms by their ids: the vectors of the standards, and what is kept under an older one."""

import pytest
from sqlalchemy import text

from auth.actor import SYSTEM
from config import Config, Misconfigured
from extensions import db, transaction
from issues import audit
from issues.ground import clock
from issues.ground.secrecy import algorithms as known
from issues.models import Anchor
from issues.vocabulary import SettingAct, SettingNumber, Subject

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
SECRET = "known to every test and to nobody else"


@pytest.mark.parametrize(
    ("algorithm", "digest"),
    [
        (known.SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (known.SM3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    ],
)
def test_digests_of_the_standards(algorithm, digest):
    assert known.digest(algorithm, b"abc") == digest


def test_sm4_in_gcm_is_that_of_rfc_8998():
    plain = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    about = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")

    sealed = known.sm4(KEY, bytes.fromhex("00001234567800000000abcd"), plain, about)

    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_an_sm2_signature_of_the_standard_is_known():
    public = (
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    signature = (
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )

    assert known.is_signed(known.SM2, public, b"message digest", signature)
    assert not known.is_signed(known.SM2, public, b"message digesT", signature)


@pytest.mark.parametrize("family", known.FAMILIES.values(), ids=known.FAMILIES)
def test_each_family_seals_and_signs_and_refuses_what_was_changed(family):
    secret, nonce, about = bytes(range(32)), bytes(12), b"ticket 7"
    key = secret[: known.key_length(family.cipher)]
    sealed = known.encrypt(family.cipher, key, nonce, "举报人".encode(), about)
    assert known.decrypt(family.cipher, key, nonce, sealed, about).decode() == "举报人"
    changed, other_key = sealed[:-1] + bytes([sealed[-1] ^ 1]), key[::-1]
    for bad in ((key, nonce, changed, about), (key, nonce, sealed, b"ticket 8"),
                (other_key, nonce, sealed, about), (key, nonce, b"", about)):  # fmt: skip
        with pytest.raises(known.NotAuthentic):
            known.decrypt(family.cipher, *bad)

    public = known.public_key(family.signature, secret)
    signed = known.sign(family.signature, secret, b"paper")
    assert known.is_signed(family.signature, public, b"paper", signed)
    other = known.public_key(family.signature, bytes(32))
    for bad in ((public, b"paperr", signed), (other, b"paper", signed), (public, b"paper", ""),
                (public, b"paper", "0" * 128), ("zz", b"paper", signed)):  # fmt: skip
        assert not known.is_signed(family.signature, *bad)
    assert known.is_mac(family.mac, KEY, b"x", known.mac(family.mac, KEY, b"x"))
    assert not known.is_mac(family.mac, KEY, b"y", known.mac(family.mac, KEY, b"x"))


def test_an_unknown_id_is_told_not_guessed():
    for asked in (
        lambda: known.digest("md5", b""), lambda: known.mac("hmac-md5", KEY, b""),
        lambda: known.decrypt("des", KEY, b"", b"", b""),
        lambda: known.encrypt("des", KEY, b"", b"", b""), lambda: known.sign("rsa", KEY, b""),
    ):  # fmt: skip
        with pytest.raises(known.UnknownAlgorithm):
            asked()


def test_the_setting_names_a_family(tmp_path):
    assert Config.from_env({"CRYPTO": "national"}, tmp_path).crypto in known.FAMILIES
    assert Config.from_env({}, tmp_path).crypto in known.FAMILIES
    with pytest.raises(Misconfigured, match="CRYPTO"):
        Config.from_env({"CRYPTO": "rot13"}, tmp_path)


@pytest.mark.both
def test_anchors_of_both_families_hold_and_neither_passes_for_the_other(app):
    noon = clock.now()
    with transaction():
        audit.record(Subject.SETTING, SettingNumber.QUOTA, SettingAct.SET_QUOTA, SYSTEM, at=noon)
        audit.anchor(SECRET, noon)
    try:
        audit.use_family(known.NATIONAL)
        clock.stand_still(clock.today().replace(day=26))
        with transaction():
            audit.anchor(SECRET, clock.now())
    finally:
        audit.use_family(known.GENERAL)
    found = db.session.query(Anchor).order_by(Anchor.on).all()
    assert [row.algorithm for row in found] == [known.HMAC_SHA256, known.HMAC_SM3]
    assert list(audit.faults(SECRET)) == []

    for named in (known.HMAC_SHA256, "none"):
        with transaction():
            changed = {"named": named, "on": found[1].on}
            db.session.execute(
                text('UPDATE anchor SET algorithm = :named WHERE "on" = :on'), changed
            )
        db.session.expire_all()
        assert any("签名不符" in said for said in audit.faults(SECRET))
