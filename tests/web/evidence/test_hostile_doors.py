"""Each door that takes a file refuses what bites, keeps nothing of it, and cleans what it names."""

import contextlib
import contextvars
import hashlib
import io
import re

import pytest
import samples
from pieces import Sender
from pressed import planned
from sqlalchemy import func, select

from extensions import db
from issues.evidence import quota
from issues.evidence.intake import parts, proof
from issues.models import ComplaintOriginal, CovertPhoto, Evidence, Notice
from issues.vocabulary import Status
from tests.evidence.intake.hostile import BOMBS, BROKEN, NOT_WHAT_THE_NAME_SAYS

SEEN = {
    "title": "砂石厂夜间偷排", "findings": "夜间直排泥浆水。", "at": "2025-11-24T22:10",
    "region": "511902", "place": "某某村三组", "subject_firm": "某某砂石厂",
}  # fmt: skip
LYING = {
    "../../etc/passwd.jpg": "passwd.jpg",
    "..\\..\\win\\现场.jpg": None,
    "现\u202egpj.exe\u200b场.jpg": "现gpj.exe场.jpg",
    "图\x01\u2028b.jpg": None,
    "<b>图</b>.jpg": None,
    "长" * 400 + ".jpg": None,
}
"""Names as they are sent, and what is kept of them; None: whatever it is, it harms nobody."""
HARMLESS = re.compile(r"[^\0-\x1f\x7f/\\<>\u200b-\u200f\u202a-\u202e]{1,120}\.jpg")
REFUSED = frozenset({409, 413, 415, 422})


class Door:
    """A form that takes files: who sends what where, and what is kept of it."""

    def __init__(self, browser, who, url, model, *, via=None, **words):
        self.visitor, self.url, self.model = browser.as_(who), url, model
        self.via, self.words, self.form = via or url, words, None

    def send(self, *files):
        """A form that was refused is sent again as it stands."""
        self.form = self.form or self.visitor.get(self.via).form(self.url).filled(self.words)
        sent = [(io.BytesIO(data), name) for name, data in files]
        data = {name: said for name, said in self.form.items() if said is not None} | {"file": sent}
        db.session.rollback()
        answer = contextvars.Context().run(
            self.visitor.client.post, self.url, data=data, buffered=True
        )
        answer.request.environ["wsgi.input"].close()
        db.session.rollback()
        return answer

    def rows(self):
        db.session.rollback()
        return db.session.scalars(select(self.model).order_by(self.model.id)).all()


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING, source="YX", case_number="X2BZ202509010001")


DOORS = ("reply", "complaint", "covert", "evidence")


@pytest.fixture(params=DOORS)
def door(request, browser, people, issue):
    url = f"/issues/{issue.number}"
    if request.param == "evidence":
        return Door(browser, "chen", f"{url}/evidence", Evidence, kind="after")
    if request.param == "complaint":
        return Door(browser, "lin", f"{url}/originals", ComplaintOriginal)
    if request.param == "covert":
        return Door(browser, "lin", "/covert/new", CovertPhoto, **SEEN)
    ticket = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N1", issues=ticket.number)
    notice = f"/notices/{db.session.scalar(select(func.max(Notice.id)))}"
    browser.as_("sun").sign(notice)
    browser.as_("chen").post(f"{notice}/acknowledge", via=notice, name="陈某", phone="1")
    return Door(browser, "chen", f"{notice}/reply", Evidence, via=notice, text="已整改。")


def waiting(app):
    return list(app.extensions["evidence"].incoming.glob("*"))


def bites():
    """Every file that lies by its name, is broken, or unpacks to too much."""
    yield from NOT_WHAT_THE_NAME_SAYS.items()
    yield from BROKEN.items()
    for name, make in BOMBS.items():
        yield name, ("方案.docx", make())


def test_no_door_keeps_a_file_that_bites(app, door, request):
    """Also not beside a good one. Each file goes to one of the doors, which all have one proof."""
    good, turn = ("好.jpg", samples.jpeg()), DOORS.index(request.node.callspec.params["door"])
    for name, file in list(bites())[turn :: len(DOORS)]:
        answer = door.send(good, file)
        assert answer.status_code in REFUSED, name
        assert door.rows() == [], name
    assert door.send(("空.jpg", b"")).status_code in REFUSED
    assert door.send(("大.jpg", samples.jpeg() + bytes(26 << 20))).status_code in REFUSED
    assert door.rows() == []
    assert waiting(app) == []


def test_with_the_guard_off_a_file_that_bites_is_kept(door, monkeypatch):
    kind = proof.FileType.JPEG
    monkeypatch.setattr(proof, "examine", lambda *_, **__: proof.Examined(kind))

    door.send(("照片.jpg", b"<html><script>alert(1)</script></html>"))

    assert len(door.rows()) == 1, "the test above sees what is kept"


def test_no_name_leads_out_of_its_folder_or_hides_what_it_is(app, door):
    """Originals of complaints are told by no name; the others by a clean one."""
    answer = door.send(
        *((sent, samples.encoded(samples.picture(tone=9 * turn), "JPEG"))
          for turn, sent in enumerate(LYING))
    )  # fmt: skip

    assert answer.status_code in {302, 303}, answer.get_data(as_text=True)
    assert len(door.rows()) == len(LYING)
    if door.model is not ComplaintOriginal:
        for row, kept in zip(door.rows(), LYING.values(), strict=True):
            assert HARMLESS.fullmatch(row.name), row.name
            assert kept in (None, row.name)
    assert list(app.extensions["evidence"].root.parent.rglob("*passwd*")) == []


@pytest.mark.parametrize("door", ["reply", "evidence"], indirect=True)
def test_a_ticket_that_is_full_takes_no_more_by_any_door_of_its_own(door, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(quota, "in_force", lambda: 0)
        answer = door.send(("后.jpg", samples.jpeg()))
    assert answer.status_code in REFUSED
    assert "额度" in answer.get_data(as_text=True)
    assert door.rows() == []
    door.send(("后.jpg", samples.jpeg()))

    assert len(door.rows()) == 1


@pytest.fixture
def sender(browser, issue):
    return Sender(browser, issue)


def rows():
    db.session.rollback()
    return db.session.scalars(select(Evidence)).all()


def test_pieces_that_do_not_follow_or_never_end_make_no_file(app, sender):
    data = samples.jpeg()
    sender.begin(data, "后.jpg")
    for at in (1, len(data), 10**9):
        assert sender.piece(data[:10], at, expect=409)["at"] == 0
    for at in ("-1", "x", "9" * 40, "1e3", "²", ""):
        assert sender.ask("POST", f"/{sender.part}?at={at}", 409, data=b"x")["at"] == 0
    sender.piece(data[:4000], 0)
    for at in (0, 3999, 4001):
        assert sender.piece(data[at : at + 4000], at, expect=409)["at"] == 4000
    sender.piece(b"", 4000)
    sender.finish(data, expect=422)
    for digest in ("", "0" * 63, "0" * 64, "../" * 21 + "x", "零" * 64):
        sender.finish(data, expect=422, sha256=digest)
    assert rows() == []
    sender.piece(data[4000:], 4000)
    sender.piece(b"x", len(data), expect=413)
    sender.finish(data)

    assert [hashlib.sha256(data).hexdigest()] == [row.sha256 for row in rows()]
    assert waiting(app) == []


def test_of_two_who_send_the_same_piece_at_once_one_is_told_where_to_go_on(app, tmp_path):
    """The file is held while a piece is written: an overlap can only come late."""
    part = parts.Part(1, 1, "a.jpg", 20, "0" * 32)
    store = app.extensions["evidence"]
    (tmp_path / part.file_name).touch()
    with contextlib.suppress(parts.Displaced):
        parts.add(part, 0, io.BytesIO(b"0123456789"), folder=tmp_path, store=store)
    with pytest.raises(parts.Displaced) as told:
        parts.add(part, 0, io.BytesIO(b"abcdefghij"), folder=tmp_path, store=store)

    assert told.value.at == 10
    assert (tmp_path / part.file_name).read_bytes() == b"0123456789"


def test_what_bites_by_pieces_is_refused_at_the_end_and_kept_nowhere(app, sender):
    for name, (file, data) in [one for one in bites() if one[1][1]][::4]:
        sender.begin(data, file)
        sender.piece(data, 0)
        words = {"kind": "after", "sha256": hashlib.sha256(data).hexdigest()}
        answer = contextvars.Context().run(
            sender.visitor.client.post, f"{sender.base}/{sender.part}/finish",
            data=words, headers={"X-CSRFToken": sender.token},
        )  # fmt: skip
        assert answer.status_code in REFUSED, name
        assert rows() == [], name


@pytest.mark.parametrize("word", ["../../x", "0" * 31, "0" * 32 + "/../x", "G" * 32])
def test_nobody_signs_a_word_of_their_own(app, browser, issue, people, word):
    """Even with the server's own key a word that is no word is no file; of another, no file."""
    sender, secret = Sender(browser, issue), app.extensions["settings"].secret_key
    part = parts.Part(people.chen.id, issue.id, "a.jpg", 10, word)
    sender.part = parts.sign(part, secret)
    sender.come(expect=404)
    sender.piece(b"x", 0, expect=404)
    mine = Sender(browser, issue)
    mine.begin(samples.jpeg(), "后.jpg")
    other = Sender(browser, issue, "liu")
    other.part = mine.part
    other.piece(b"x", 0, expect=404)
    other.finish(b"x", expect=404)
    assert mine.come()["at"] == 0
    forged = parts.sign(parts.Part(people.liu.id, issue.id, "a.jpg", 10, "0" * 32), "another key")
    other.part = forged
    other.come(expect=404)


def test_a_name_by_pieces_is_cleaned_before_it_is_signed(sender):
    data = samples.jpeg()
    for sent in LYING:
        sender.begin(data, sent)
        sender.piece(data, 0)
        sender.finish(data, once=hashlib.sha256(sent.encode()).hexdigest())

    assert len(rows()) == len(LYING)
    assert all(HARMLESS.fullmatch(row.name) for row in rows()), [row.name for row in rows()]
