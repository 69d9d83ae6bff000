"""A dossier proves itself: no rewriting of it passes, however whole, without the key."""

import asyncio
import hashlib
import io
import json
import zipfile

import certificates
import pytest
import samples
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko_certvalidator import ValidationContext
from taken import check, export, text_of

from extensions import db, transaction
from issues import audit
from issues.dossiers import package, verify
from issues.dossiers.content import INSIDE, content_of
from issues.dossiers.sealing import DERIVED, PAGE, Seal
from issues.ground import clock
from issues.models import Evidence
from issues.notices.pdf.sealing import Certificate
from issues.vocabulary import Action, EvidenceKind, Status

SECRET = "known to every test and to nobody else"
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
"""Section 7.1: tests 1, 2, 3 and SHA(abc), as public key, message, signature."""


@pytest.fixture
def issue(make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue.evidence(issue, EvidenceKind.AFTER, "sun", file=("后.jpg", samples.jpeg()))
    make_issue.act(Action.COMMENT, issue, "sun", text="请加快进度")
    with transaction():
        audit.anchor(SECRET, clock.now())
    return issue


def contents(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files, target):
    """The archive written anew as the product writes it, the digest at its end too."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = b"0" * verify.SEAL
    whole = target.read_bytes()[: -verify.SEAL]
    target.write_bytes(whole + hashlib.sha256(whole).hexdigest().encode())
    return target


def rewritten(path):
    """Another photo, the history telling of it for another reason, and a manifest that agrees."""
    files = contents(path)
    photo = next(name for name in files if name.endswith("后.jpg"))
    files[photo] = samples.jpeg(exif=samples.exif(taken=None))
    rows, previous = json.loads(files["history.json"]), verify.START
    for row in rows:
        row["reason"] = row["reason"] or "已按要求整改到位"
        if "sha256" in row.get("detail", {}):
            row["detail"]["sha256"] = hashlib.sha256(files[photo]).hexdigest()
        row["previous"] = previous
        row["digest"] = previous = verify.digest_of(row)
    files["history.json"] = json.dumps(rows, ensure_ascii=False).encode()
    return agreeing(files)


def agreeing(files):
    """With a manifest that names these files and this history."""
    manifest = json.loads(files["manifest.json"])
    for entry in manifest["files"]:
        data = files[entry["path"]]
        entry.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    rows = json.loads(files["history.json"])
    for anchor in manifest["anchors"]:
        anchor["head"] = rows[anchor["seq"] - 1]["digest"]
    manifest["history"]["head"] = rows[-1]["digest"]
    files["manifest.json"] = json.dumps(manifest, ensure_ascii=False).encode()
    files["manifest.sha256"] = hashlib.sha256(files["manifest.json"]).hexdigest().encode()
    return files


def signed_by_another(files):
    other = Seal("somebody else's secret")
    files["manifest.sig"] = other.signature(files["manifest.json"], b"")
    return other


@pytest.mark.both
def test_a_dossier_is_signed_and_says_with_which_key(app, issue, tmp_path):
    path = export(app, issue, tmp_path / "档.zip", "--inside")
    key = app.extensions["seal"].public_key
    files = contents(path)

    code, said = check(path)
    assert (code, f"签名公钥：{key}") == (0, said.splitlines()[0])
    assert PAGE in said
    assert json.loads(files["manifest.sig"])["public_key"] == key
    with zipfile.ZipFile(path) as archive:
        assert key in text_of(archive, issue)


@pytest.mark.both
def test_a_rewritten_photo_reason_and_manifest_together_do_not_pass(app, issue, tmp_path):
    path = export(app, issue, tmp_path / "档.zip", "--inside")
    forged = packed(rewritten(path), tmp_path / "改.zip")

    code, said = check(forged)
    assert code == 1
    assert "签名不符" in said


def test_nor_signed_anew_with_another_key(app, issue, tmp_path):
    path = export(app, issue, tmp_path / "档.zip", "--inside")
    files = rewritten(path)
    signed_by_another(files)

    assert check(packed(files, tmp_path / "改.zip"))[0] == 1


def test_nor_with_another_program_beside_it_for_who_takes_ours(app, browser, issue, tmp_path):
    """Its own program then passes it; the page's, and the page's key, do not."""
    path = export(app, issue, tmp_path / "档.zip", "--inside")
    files = rewritten(path)
    files["verify.py"] = Seal("somebody else's secret").verifier()
    signed_by_another(agreeing(files))
    forged = packed(files, tmp_path / "改.zip")
    own = tmp_path / "ours.py"
    own.write_bytes(browser.stranger.get(f"{PAGE}/program").answer.data)
    key = app.extensions["seal"].public_key

    assert check(forged)[0] == 0
    assert key not in check(forged)[1]
    assert check(forged, by=own)[0] == 1
    assert check(forged, "--key", key)[0] == 1
    assert check(path, by=own)[0] == check(path, "--key", key)[0] == 0


@pytest.mark.parametrize("lost", ["manifest.sig", "manifest.json", "manifest.sha256"])
def test_nor_without_what_proves_it(app, issue, tmp_path, lost):
    files = contents(export(app, issue, tmp_path / "档.zip"))
    del files[lost]

    code, said = check(packed(files, tmp_path / "改.zip"))
    assert code == 1
    assert lost in said


@pytest.mark.parametrize(
    "signature",
    [b"", b"[]", b"{}", b"null", b'{"signature": 1}', b'{"signature": "zz"}', b"[" * 100_000,
     b'{"signature": ""}', b"\xff"],
)  # fmt: skip
def test_a_signature_of_rubbish_is_told_and_no_error(app, issue, tmp_path, signature):
    files = contents(export(app, issue, tmp_path / "档.zip"))
    files["manifest.sig"] = signature

    code, said = check(packed(files, tmp_path / "改.zip"))
    assert code == 1
    assert "Traceback" not in said


def test_the_manifest_is_bound_to_every_anchor_that_saw_the_history(app, issue, tmp_path, people):
    path = export(app, issue, tmp_path / "档.zip", "--inside")
    files = contents(path)
    manifest = json.loads(files["manifest.json"])
    anchor = manifest["anchors"][0]
    rows = json.loads(files["history.json"])

    assert anchor["digest"] == content_of(issue, INSIDE).anchors[0].digest
    assert rows[anchor["seq"] - 1]["digest"] == anchor["head"]
    assert f"最近的历史锚点：{anchor['on']} {anchor['digest']}" in check(path)[1]
    for wrong in ({"seq": anchor["seq"] - 1}, {"seq": 0}, {"seq": 10**6}, {"head": "0" * 64}):
        spoilt = manifest | {"anchors": [anchor | wrong]}
        faults = verify.faults_of_chain(verify.Archive(path), spoilt)
        assert faults == ["history.json：与2025-11-25的锚点不符"], wrong


def test_a_photo_put_in_anothers_place_in_the_tables_is_found(app, issue, tmp_path):
    """Exported and signed by the installation itself; the history tells another digest."""
    store = app.extensions["evidence"]
    other = store.put(io.BytesIO(samples.jpeg(exif=samples.exif(taken=None))), limit=1 << 20)
    with transaction():
        row = db.session.query(Evidence).filter_by(issue_id=issue.id).one()
        row.sha256, row.size = other.sha256, other.size

    code, said = check(export(app, issue, tmp_path / "档.zip", "--inside"))
    assert code == 1
    assert "后.jpg：与历史记录第" in said
    assert "所记的不是同一个文件" in said


def test_a_history_that_no_anchor_has_seen_says_so(app, make_issue, tmp_path):
    fresh = make_issue(Status.ASSIGNED)

    code, said = check(export(app, fresh, tmp_path / "档.zip"))
    assert code == 0
    assert "最近的历史锚点：导出时尚未锚定" in said


def test_the_key_is_the_installations_and_leaves_it_never(app, issue, tmp_path, caplog):
    secret = app.extensions["settings"].secret_key
    seal = app.extensions["seal"]
    private = HKDF(SHA256(), 32, salt=None, info=DERIVED).derive(secret.encode())
    assert key_of(private) == seal.public_key
    path = export(app, issue, tmp_path / "档.zip", "--inside")
    everything = path.read_bytes() + repr(seal).encode() + caplog.text.encode()

    assert seal.public_key == Seal(secret).public_key != Seal(f"{secret}.").public_key
    for hidden in (secret.encode(), private, private.hex().encode()):
        assert hidden not in everything


def key_of(private):
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def test_the_page_shows_everybody_the_key(app, browser):
    page = browser.stranger.get(PAGE)

    assert app.extensions["seal"].public_key in page.text
    assert "未配置" in page.text
    assert f"{PAGE}/program" in page.links
    assert app.extensions["seal"].page.endswith(PAGE)


def test_where_a_certificate_is_set_it_signs_the_manifest_too(app, issue, tmp_path):
    bundle, _roots = certificates.make(tmp_path)
    own = Certificate(bundle, certificates.PASSWORD)
    seal = Seal(SECRET, signer=lambda: own)
    path = tmp_path / "档.zip"
    store, faces = app.extensions["evidence"], app.extensions["faces"]()
    package.write(content_of(issue, INSIDE), faces, store, path, seal)
    files = contents(path)

    assert check(path)[0] == 0
    assert is_certified(own, files["manifest.p7s"], files["manifest.json"])
    assert not is_certified(own, files["manifest.p7s"], files["manifest.json"] + b" ")
    del files["manifest.p7s"]
    assert check(packed(files, tmp_path / "无.zip"))[0] == 1


def is_certified(own, signature, data):
    """What pyHanko's reader of CMS says of these bytes."""
    signed = cms.ContentInfo.load(signature)["content"]
    context = ValidationContext(trust_roots=own._trusted, allow_fetching=False)  # noqa: SLF001 - the test's own root
    status = asyncio.run(
        async_validate_detached_cms(io.BytesIO(data), signed, signer_validation_context=context)
    )
    return status.intact and status.valid and status.trusted


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032_hold(public, message, signature):
    public, message, signature = map(bytes.fromhex, (public, message, signature))

    assert verify.is_signed(public, message, signature)
    assert not verify.is_signed(public, message + b".", signature)
    assert not verify.is_signed(public[::-1], message, signature)
    for place in range(64):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not verify.is_signed(public, message, bytes(changed)), place
    above = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert not verify.is_signed(public, message, signature[:32] + above.to_bytes(32, "little"))


def test_it_agrees_with_a_library_on_signatures_of_many_keys():
    for number in range(20):
        key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"%d" % number).digest())
        message = b"dossier" * number
        public = key.public_key().public_bytes_raw()

        assert verify.is_signed(public, message, key.sign(message))
        assert not verify.is_signed(public, message, key.sign(message + b"."))


@pytest.mark.parametrize("public", [b"", b"\xff" * 32, b"\x02" + bytes(31), bytes(31), bytes(33)])
def test_what_is_no_key_signs_nothing(public):
    assert not verify.is_signed(public, b"", bytes(64))
