"""Who complained and what they sent lies sealed: in the database, in both stores, under any key."""

import base64
import io
import json
from hashlib import sha256

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text

from auth.models import User
from config import Config
from extensions import db, transaction
from issues.evidence import clearances, complainants, resealing, sealed
from issues.ground import clock
from issues.ground.secrecy import algorithms, sealing
from issues.models import Complainant, ComplaintOriginal
from issues.vocabulary import Status
from tests.evidence import samples

OLD, NEW = "the secret of yesterday", "the secret of today"
NAME = "王有理来信.jpg"
WHO = {"name": "王有理", "phone": "13987654321"}
TEXTS = (b"", b"x", b"a" * sealing.PART, b"b" * (sealing.PART + 1), bytes(2 * sealing.PART))


@pytest.fixture(autouse=True)
def _keys_of_the_installation(app):
    yield
    sealing.use_secrets([app.extensions["settings"].secret_key])


@pytest.fixture
def issue(app, make_issue):
    found = make_issue(Status.RECTIFYING, source="YX")
    sealing.use_secrets([OLD])
    with transaction():
        complainants.write(found, WHO)
    return found


@pytest.fixture
def original(issue, browser):
    file = (io.BytesIO(samples.jpeg()), NAME)
    browser.as_("lin").post(f"/issues/{issue.number}/originals", file=file)
    return db.session.scalars(select(ComplaintOriginal)).one()


def everything(place):
    """Every byte of the database and of the store."""
    kept = b"".join(path.read_bytes() for path in place.evidence.rglob("*") if path.is_file())
    rows = [
        db.session.execute(text(f"SELECT * FROM {table.name}")).all()  # noqa: S608 - our own names
        for table in db.metadata.sorted_tables
    ]
    held = [bytes(one) if isinstance(one, memoryview) else one for part in rows for row in part
            for one in row]  # fmt: skip
    return kept + b"".join(one if isinstance(one, bytes) else str(one).encode() for one in held)


def cleared(browser, people, issue):
    with transaction():
        lin = db.session.scalars(select(User).where(User.name == "lin")).one()
        clearances.grant(issue, people.zhou, lin, "核实", clock.today(), clock.now())
    return browser.as_("lin")


@pytest.mark.parametrize("family", algorithms.FAMILIES)
@pytest.mark.parametrize("plain", TEXTS, ids=len)
def test_what_is_sealed_opens_whole_and_names_its_algorithm_and_its_key(plain, family):
    """By the id it names, whatever is chosen for new ones by then."""
    sealing.use_secrets([NEW], family)
    kept = sealing.seal(plain, "here")
    sealing.use_secrets([NEW])

    assert sealing.open_sealed(kept, "here") == plain
    cipher = algorithms.FAMILIES[family].cipher
    assert kept.split()[1:3] == [cipher.encode(), sealing.current_key().encode()]
    assert plain not in kept or len(plain) < 2


def test_no_bit_part_or_place_of_it_can_be_changed():
    sealing.use_secrets([NEW])
    kept = sealing.seal(b"a" * (2 * sealing.PART), "here")
    line = kept.index(b"\n") + 1
    part = sealing.PART + algorithms.TAG
    swapped = kept[:line] + kept[line + part :] + kept[line : line + part]
    flipped = kept[:-1] + bytes([kept[-1] ^ 1])
    for wrong in (kept[:-1], kept[: line + part], swapped, flipped, kept[:line]):
        with pytest.raises(sealing.Tampered):
            sealing.open_sealed(wrong, "here")
    with pytest.raises(sealing.Tampered):
        sealing.open_sealed(kept, "another ticket")
    with pytest.raises(sealing.NoSuchAlgorithm):
        sealing.open_sealed(kept.replace(b"aes-256-gcm", b"rot-13", 1), "here")


@pytest.mark.both
def test_neither_the_database_nor_the_store_holds_a_word_of_it(place, issue, original):
    kept = everything(place)
    for word in (*WHO.values(), NAME, "王有理"):
        assert word.encode() not in kept, word
    assert samples.jpeg() not in kept
    assert issue.title.encode() in kept  # what is no secret is found so


def test_the_plain_bytes_leave_no_preview_and_no_copy(place, original):
    files = [path for path in place.evidence.rglob("*") if path.is_file() and path.stat().st_size]

    assert [path.name for path in files] == [original.sha256]


@pytest.mark.both
def test_keys_rotate_in_lots_that_may_be_run_again(app, place, issue, original, browser, people):
    old = original.sha256
    sealing.use_secrets([NEW, OLD])
    run = app.test_cli_runner().invoke

    first, again = (run(args=["secrets", "rotate"]) for _ in range(2))

    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "已重新封存2条" in first.output
    assert "都已用现在的密钥封存" in again.output
    sealing.use_secrets([NEW])
    assert list(resealing.faults()) == list(resealing.hints()) == []
    store = app.extensions["evidence"]
    assert not store.exists(old)
    opened = cleared(browser, people, issue).post(
        f"/issues/{issue.number}/originals/{original.id}/open", reason="核实"
    )
    assert opened.answer.data == samples.jpeg()
    assert complainants.opened(db.session.scalars(select(Complainant)).one()) == WHO


def test_a_wrong_key_is_said_on_page_api_and_command(app, issue, original, browser, people, api):
    visitor, url = cleared(browser, people, issue), f"/issues/{issue.number}"
    sealing.use_secrets([NEW])

    page = visitor.post(f"{url}/originals/complainant", 503, reason="核实")
    assert "请系统管理员补上当时的密钥" in page.text
    visitor.post(f"{url}/originals/{original.id}/open", 503, reason="核实")
    said = api.lin.get(f"{url}/complainant?reason=x", 503).json
    assert "请系统管理员补上当时的密钥" in said["detail"]
    run = app.test_cli_runner().invoke
    rotated, checked = run(args=["secrets", "rotate"]), run(args=["selfcheck"])
    assert (rotated.exit_code, checked.exit_code) == (1, 1)
    assert "有2条打不开，保持原样" in rotated.output
    assert checked.output.count("SECRET_KEY_PREVIOUS") == 2
    browser.as_("sun").get(f"{url}/originals")
    assert not db.session.execute(
        text("SELECT id FROM event WHERE action IN ('view_complainant', 'view_original')")
    ).all()


def test_what_lay_there_before_keys_had_ids_is_opened_and_sealed_by_the_command(
    app, place, issue, make_issue
):
    """A token of Fernet, and an original whose bytes and name lie plain."""
    store = app.extensions["evidence"]
    kept = store.put(io.BytesIO(samples.jpeg()), limit=1 << 20)
    store.put_preview(kept.sha256, 320, b"a picture of it")
    key = base64.urlsafe_b64encode(sha256(f"complainants:{OLD}".encode()).digest())
    token = Fernet(key).encrypt(json.dumps(WHO).encode())
    with transaction():
        db.session.merge(Complainant(issue_id=issue.id, sealed=token, key_id=""))
        row = ComplaintOriginal(
            issue_id=issue.id, name=NAME, size=kept.size, media_type="image/jpeg",
            sha256=kept.sha256, plain_sha256=kept.sha256, uploaded_at=clock.now(),
            uploaded_by_id=1,
        )  # fmt: skip
        db.session.add(row)
    assert complainants.opened(db.session.scalars(select(Complainant)).one()) == WHO
    assert samples.jpeg() in everything(place)

    assert app.test_cli_runner().invoke(args=["secrets", "rotate"]).exit_code == 0

    held = everything(place)
    assert samples.jpeg() not in held
    assert NAME.encode() not in held
    assert b"a picture of it" not in held
    row = db.session.scalars(select(ComplaintOriginal)).one()
    assert complainants.opened(db.session.scalars(select(Complainant)).one()) == WHO
    assert b"".join(sealed.bytes_of(row, store)) == samples.jpeg()


def test_earlier_secrets_are_a_setting(tmp_path):
    given = {"SECRET_KEY": NEW * 2, "SECRET_KEY_PREVIOUS": f"{OLD}\nolder yet"}
    settings = Config.from_env(given, tmp_path)

    assert settings.earlier_secrets == (OLD, "older yet")
    assert OLD not in repr(settings)
