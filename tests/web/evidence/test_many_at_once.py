"""Many who upload at once take turns: nobody else is stalled, nothing is lost, nobody fills all."""

import ast
import contextlib
import hashlib
import io
import threading
import time

import pytest
import samples
from caller import Callers
from pieces import Sender
from pressed import planned
from sqlalchemy import func, select

from config import ROOT
from extensions import db
from issues.evidence.intake import parts
from issues.models import ComplaintOriginal, CovertNote, Evidence, Notice
from issues.vocabulary import Status
from issues.web.door import turns, uploads
from issues.web.door.turns import Turns

TAKES = {"take_in", "take_in_sealed"}
CROWDED = "同时上传的人过多，这一次没有保存，请约 7 秒后再试"


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING, source="YX", case_number="X2BZ202509010001")


@contextlib.contextmanager
def no_turn_left(monkeypatch):
    full = Turns(1, 0, patience=1, usual=7, sentence=turns.UPLOADS.sentence)
    with monkeypatch.context() as patched, full.turn():
        patched.setattr(turns, "UPLOADS", full)
        yield


def count(model=Evidence):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def photo():
    return io.BytesIO(samples.jpeg()), "后.jpg"


@pytest.mark.both
def test_a_file_sent_by_pieces_waits_for_its_turn_and_goes_on(browser, issue, monkeypatch):
    data, sender = samples.jpeg(), Sender(browser, issue)
    sender.begin(data, "后.jpg")
    with no_turn_left(monkeypatch):
        sender.piece(data, 0)  # what comes is no work, and is taken
        url = f"{sender.base}/{sender.part}/finish"
        words = {"kind": "after", "sha256": hashlib.sha256(data).hexdigest()}
        headers = {"X-CSRFToken": sender.token}
        answer = sender.visitor.client.post(url, data=words, headers=headers)
        assert answer.status_code == 429
        assert CROWDED in answer.get_json()["sentence"]
        assert answer.headers["Retry-After"] == "7"
        browser.as_("liu").get("/issues")  # a page is no file
    assert count() == 0
    assert sender.come()["at"] == len(data), "nothing that came is lost"
    sender.finish(data)

    assert count() == 1


def test_every_other_door_says_so_at_its_field_and_keeps_what_was_typed(
    browser, people, issue, monkeypatch
):
    ticket = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N1", issues=ticket.number)
    reply = f"/notices/{db.session.scalar(select(func.max(Notice.id)))}"
    browser.as_("sun").sign(reply)
    browser.as_("chen").post(f"{reply}/acknowledge", via=reply, name="陈某", phone="1")
    lin, api = browser.as_("lin"), Callers(browser.app)
    seen = {"title": "偷排", "findings": "夜间直排", "at": "2025-11-24T22:10", "region": "511902",
            "place": "三组", "subject_firm": "某厂"}  # fmt: skip
    with no_turn_left(monkeypatch):
        url = f"/issues/{issue.number}"
        page = browser.as_("chen").post(
            f"{url}/evidence", 429, kind="after", note="同一机位", file=[photo()]
        )
        assert CROWDED in page.text
        assert "同一机位" in page.html
        page = browser.as_("chen").post(
            f"{reply}/reply", 429, via=reply, text="已整改。", file=[photo()]
        )
        assert CROWDED in page.text
        assert "已整改。" in page.html
        assert CROWDED in lin.post(f"{url}/originals", 429, file=photo()).text
        form = lin.get("/covert/new").form("/covert/new").filled(seen)
        page = lin.send("/covert/new", 422, **form | {"file": [photo()]})
        assert CROWDED in page.text
        assert "夜间直排" in page.html
        problem = api.chen.upload(issue.number, samples.jpeg(), "后.jpg", "after", 429)
        assert CROWDED in problem.json["detail"]

    assert [count(one) for one in (Evidence, ComplaintOriginal, CovertNote)] == [0, 0, 0]


def test_of_many_senders_all_are_kept_and_few_work_at_once(app, browser, issue, monkeypatch):
    """Four people, five files each; whoever is told to wait goes on by itself."""
    monkeypatch.setattr(
        turns, "UPLOADS",
        Turns(2, 2, patience=0.05, usual=0.1, sentence=turns.UPLOADS.sentence),
    )  # fmt: skip
    inside, most, told, lock = 0, 0, [], threading.Lock()
    take_in = uploads.keeping.take_in

    def counted(*given, **named):
        nonlocal inside, most
        with lock:
            inside, most = inside + 1, max(most, inside + 1)
        time.sleep(0.02)
        try:
            return take_in(*given, **named)
        finally:
            with lock:
                inside -= 1

    monkeypatch.setattr(uploads.keeping, "take_in", counted)
    senders = [Sender(browser, issue, who) for who in ("chen", "chenlead", "liu", "sun")]
    db.session.rollback()

    def send(sender, number):
        data = samples.encoded(samples.picture(tone=number), "JPEG")
        headers = {"X-CSRFToken": sender.token, "Accept": "application/json"}

        def ask(path, **request):
            client = app.test_client()
            client.set_cookie("session", sender.visitor.client.get_cookie("session").value)
            return client.post(sender.base + path, headers=headers, **request)

        begun = ask("", data={"name": f"{number}.jpg", "size": len(data)})
        part = begun.get_json()["part"]
        ask(f"/{part}?at=0", data=data)
        words = {"kind": "after", "sha256": hashlib.sha256(data).hexdigest()}
        for _ in range(400):
            answer = ask(f"/{part}/finish", data=words)
            if answer.status_code != 429:
                break
            told.append(int(answer.headers["Retry-After"]))
            time.sleep(0.03)
        assert answer.status_code == 200, answer.get_data(as_text=True)

    threads = [
        threading.Thread(target=send, args=(sender, 5 * place + number))
        for place, sender in enumerate(senders)
        for number in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert count() == len(threads)
    assert most <= 2
    assert told, "the crowd was larger than the turns: the test sees them"
    assert list(app.extensions["evidence"].waiting.glob("*.part")) == []


def test_nobody_fills_the_room_for_what_is_on_its_way(browser, issue, monkeypatch):
    """By what has come, of all their files together; another person's room is their own."""
    monkeypatch.setattr(parts, "MOST_BYTES", 10_000)
    full = "未传完的文件合计超过"
    first, second = Sender(browser, issue), Sender(browser, issue)
    assert full in first.begin(bytes(10_001), "大.jpg", expect=413)["sentence"]
    for sender in (first, second):
        sender.begin(bytes(9000), "后.jpg")
    first.piece(bytes(9000), 0)
    assert full in second.piece(bytes(9000), 0, expect=413)["sentence"]
    assert second.come()["at"] == 0
    other = Sender(browser, issue, "liu")
    other.begin(bytes(9000), "后.jpg")
    other.piece(bytes(9000), 0)
    monkeypatch.setattr(parts, "MOST_BYTES", 10**9)
    second.piece(bytes(9000), 0)


def without_turn(text):
    """Lines where a door takes bytes in without a turn."""
    tree = ast.parse(text)
    turned = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.With) and "UPLOADS.turn()" in ast.unparse(node.items[0])
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and id(node) not in turned:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            if getattr(name, "id", name) in TAKES:
                yield node.lineno


def test_no_door_takes_a_file_in_without_a_turn():
    doors = [*ROOT.glob("issues/web/**/*.py"), *ROOT.glob("issues/api/**/*.py")]
    texts = {path: path.read_text(encoding="utf-8") for path in doors}

    assert sum("UPLOADS.turn()" in text for text in texts.values()) >= 3
    assert [path for path, text in texts.items() if list(without_turn(text))] == []
    assert list(without_turn("def put(f):\n    keeping.take_in(f)\n")) == [2]
