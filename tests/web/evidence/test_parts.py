"""Files sent piece by piece: going on where it stopped, whole or not at all, swept after a day."""

import io
import os
import time
from datetime import timedelta

import pytest
import samples
from pieces import Sender
from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Evidence
from issues.vocabulary import Status

PIECE = 4000


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING)


def rows():
    return db.session.scalars(select(Evidence).order_by(Evidence.id)).all()


def test_a_file_goes_on_where_the_connection_broke(browser, issue, app):
    data, sender = samples.jpeg(), Sender(browser, issue)
    sender.begin(data, "后.jpg")
    sender.piece(data[:PIECE], 0)

    again = Sender(browser, issue)
    again.part = sender.part
    at = again.come()["at"]
    assert at == PIECE
    assert again.piece(data[PIECE:], 0, expect=409)["at"] == PIECE
    again.piece(data[PIECE:], at)
    said = again.finish(data)

    (row,) = rows()
    assert (row.sha256, row.size, row.name) == (said["sha256"], len(data), "后.jpg")
    with app.extensions["evidence"].read_verified(row.sha256) as kept:
        assert kept.read() == data
    again.come(expect=404)


def test_what_is_not_whole_or_not_the_same_is_not_kept(browser, issue):
    data, sender = samples.jpeg(), Sender(browser, issue)
    sender.begin(data, "后.jpg")
    sender.piece(data[:PIECE], 0)
    assert "文件传输不完整" in sender.finish(data, expect=422)["sentence"]

    changed = bytearray(data[PIECE:])
    changed[-40] ^= 1
    sender.piece(bytes(changed), PIECE)
    assert "与原文件不一致" in sender.finish(data, expect=422)["sentence"]
    assert rows() == []


def test_a_wrong_kind_or_size_is_refused_before_a_byte_is_sent(browser, issue):
    sender = Sender(browser, issue)
    assert "仅接收" in sender.begin(b"MZ", "程序.exe", expect=415)["sentence"]
    refused = sender.ask("POST", expect=413, data={"name": "大.jpg", "size": 26 * 1024 * 1024})
    assert "25 MB" in refused["sentence"]
    sender.ask("POST", expect=422, data={"name": "后.jpg", "size": "-1"})


def test_more_than_was_announced_is_refused(browser, issue):
    sender = Sender(browser, issue)
    sender.begin(b"x" * 10, "后.jpg")
    sender.piece(b"x" * 20, 0, expect=413)


def test_a_part_belongs_to_its_sender_and_its_ticket(browser, issue, make_issue):
    data, sender = samples.jpeg(), Sender(browser, issue)
    sender.begin(data, "后.jpg")
    for who, ticket in (("liu", issue), ("chen", make_issue(Status.RECTIFYING))):
        other = Sender(browser, ticket, who)
        other.part = sender.part
        other.come(expect=404)
    sender.part = sender.part[:20] + ("A" if sender.part[20] != "A" else "B") + sender.part[21:]
    sender.come(expect=404)


def test_only_who_may_upload_begins(browser, issue):
    Sender(browser, issue, "zhao").begin(b"x", "后.jpg", expect=403)
    Sender(browser, issue, "wu").begin(b"x", "后.jpg", expect=404)


def test_sent_twice_it_is_kept_once(browser, issue):
    data = samples.jpeg()
    for _ in range(2):
        sender = Sender(browser, issue)
        sender.begin(data, "后.jpg")
        sender.piece(data, 0)
        sender.finish(data, once="the-same-key", note="同一机位")
    assert len(rows()) == 1


def test_another_file_with_a_used_key_is_told_and_can_still_be_sent(browser, issue):
    sender, other = Sender(browser, issue), samples.png()
    for data, expect, key in ((samples.jpeg(), 200, "one"), (other, 422, "one"), (other, 200, "b")):
        sender.begin(data, "图.jpg" if data != other else "图.png")
        sender.piece(data, 0)
        said = sender.finish(data, expect, once=key)
        assert expect == 200 or "本次未办理" in said["sentence"]

    assert [row.name for row in rows()] == ["图.jpg", "图.png"]


def test_told_another_place_it_is_still_the_same_file(browser, issue):
    data, sender = samples.png(), Sender(browser, issue)
    sender.begin(data, "图.png")
    sender.piece(data, 0)

    first = sender.finish(data, once="a-key", lon="106.75", lat="31.86")

    assert sender.finish(data, once="a-key", lon="106.76", lat="31.87") == first
    assert len(rows()) == 1


def test_an_answer_that_was_lost_is_given_again(browser, issue):
    data, sender = samples.jpeg(), Sender(browser, issue)
    sender.begin(data, "后.jpg")
    sender.piece(data, 0)
    first = sender.finish(data, once="a-key-of-its-own")

    assert sender.finish(data, once="a-key-of-its-own") == first
    assert len(rows()) == 1


def test_what_is_never_finished_is_swept_after_a_day(browser, issue, app):
    store, sender = app.extensions["evidence"], Sender(browser, issue)
    sender.begin(samples.jpeg(), "后.jpg")
    (path,) = store.waiting.glob("*.part")
    day_ago = clock.real_now() - timedelta(days=1)
    assert store.sweep_temp(older_than=day_ago) == 0
    os.utime(path, (time.time() - 90_000,) * 2)
    assert store.sweep_temp(older_than=day_ago) == 1


def test_a_film_has_the_still_its_browser_drew(browser, issue):
    film, sender = samples.mp4(), Sender(browser, issue)
    sender.begin(film, "现场.mp4")
    sender.piece(film, 0)
    sender.finish(film, still=(io.BytesIO(samples.jpeg()), "still.jpg"))

    (row,) = rows()
    assert row.has_preview
    for edge in (320, 1280):
        shown = browser.as_("liu").get(f"/issues/{issue.number}/evidence/{row.id}/preview/{edge}")
        assert shown.answer.mimetype == "image/jpeg"


def test_the_place_a_device_told_stands_where_the_photo_has_none(browser, issue):
    for photo in (samples.jpeg(exif=samples.exif(point=False)), samples.jpeg(exif=samples.exif())):
        sender = Sender(browser, issue)
        sender.begin(photo, "后.jpg")
        sender.piece(photo, 0)
        sender.finish(photo, lon="106.5", lat="31.5")

    assert [(row.lon, row.is_place_told) for row in rows()] == [(106.5, True), (106.75, False)]
