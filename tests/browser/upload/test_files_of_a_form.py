"""Files of a form, in a browser: shot after shot, kept chosen, over a broken line, refused."""

import hashlib

import pytest
import samples
from sqlalchemy import select
from windows import DESK, PHONE, Line

from extensions import db
from issues.evidence.intake.incoming import WHOLE
from issues.models import Evidence, ProgressReport
from issues.vocabulary import EvidenceKind, Status

pytestmark = pytest.mark.browser
MIB = 1024 * 1024
HERE = {"latitude": 31.86, "longitude": 106.75}
SAID = "管网已清淤两公里。"
CHOOSE = """([name, size]) => {
    const held = new DataTransfer(), field = document.querySelector("#f-file");
    held.items.add(new File([new ArrayBuffer(size)], name));
    field.files = held.files;
    field.dispatchEvent(new Event("change", {bubbles: true}));
}"""
SEEN = """count => [...document.querySelectorAll('[data-files] .file-face img')]
    .filter(one => one.naturalWidth > 0).length === count"""


@pytest.fixture
def form(make_issue):
    return f"/issues/{make_issue(Status.RECTIFYING).number}/acts/report_progress"


@pytest.fixture
def shot(tmp_path):
    """A picture as the camera hands it over: each of the same name, and another one each."""
    count = iter(range(99))

    def taken(name="image.jpg", size=0):
        folder = tmp_path / str(next(count))
        folder.mkdir()
        data = samples.jpeg(exif=samples.exif(point=False)) + folder.name.encode()
        path = folder / name
        path.write_bytes(data + bytes(range(256)) * max(0, (size - len(data)) // 256))
        return path

    return taken


def rows(model=Evidence):
    db.session.rollback()
    return db.session.scalars(select(model).order_by(model.id)).all()


def waiting(app):
    return list(app.extensions["evidence"].waiting.glob(f"*{WHOLE}"))


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def saved(page, count):
    page.wait_for_function(
        "count => document.querySelectorAll('[data-files] .upload-saved').length === count",
        arg=count,
    )


def sent(page):
    with page.expect_navigation():
        page.locator("#act-form button[type=submit]").click()


def test_shot_after_shot_is_added_seen_and_kept_with_its_place(window, form, shot, app):
    chen = window(PHONE)
    chen.context.grant_permissions(["geolocation"])
    chen.context.set_geolocation(HERE)
    chen.sign_in("chen")
    page, shots = chen.open(form), [shot(), shot()]
    assert page.get_by_text("选择文件").is_visible()
    assert page.evaluate("document.querySelector('#f-file').offsetWidth") <= 1, "says nothing"

    page.set_input_files("#f-camera", shots[0])
    page.get_by_role("button", name="附上位置").click()
    page.set_input_files("#f-camera", shots[1])
    saved(page, 2)
    assert not page.locator("[data-place]").is_visible(), "asked once"
    page.wait_for_function(SEEN, arg=2)
    assert page.get_by_text("已传好，附位置").count() == 2
    assert chen.sideways() <= 0
    page.fill("[name=text]", SAID)
    sent(page)

    kept = rows()
    assert [row.sha256 for row in kept] == [digest_of(path) for path in shots]
    assert [(row.kind, row.lon, row.is_place_told) for row in kept] == [
        (EvidenceKind.DURING, HERE["longitude"], True)
    ] * 2
    assert waiting(app) == []
    assert chen.complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_was_chosen_is_still_chosen_after_a_refusal(window, form, shot, size):
    page = window(size).sign_in("chen").open(form)
    page.set_input_files("#f-file", [shot("一.jpg"), shot("二.jpg")])
    saved(page, 2)
    with page.expect_response(lambda answer: answer.status == 422):
        sent(page)
    assert rows() == []

    saved(page, 2)
    page.wait_for_function(SEEN, arg=2)
    page.set_input_files("#f-file", shot("三.jpg"))
    saved(page, 3)
    page.fill("[name=text]", SAID)
    sent(page)

    assert [row.name for row in rows()] == ["一.jpg", "二.jpg", "三.jpg"]


def test_a_broken_line_goes_on_where_it_stopped_and_the_form_waits_for_it(window, form, shot):
    page, path = window(PHONE).sign_in("chen").open(form), shot("断网.jpg", 4 * MIB)
    pieces = []
    page.on("requestfinished", lambda one: pieces.append(one.url) if "?at=" in one.url else None)
    line = Line(page)
    line.is_(bytes_a_second=2_000_000)
    with page.expect_response(lambda answer: "?at=" in answer.url and answer.ok):
        page.set_input_files("#f-file", path)
    line.is_(offline=True)
    page.get_by_text("网络中断").wait_for()
    page.fill("[name=text]", SAID)
    page.locator("#act-form button[type=submit]").click()
    page.get_by_text("传完自动提交").wait_for()
    assert rows(ProgressReport) == []

    with page.expect_navigation(timeout=60_000):
        line.is_()

    (row,) = rows()
    assert row.sha256 == digest_of(path)
    starts = [int(url.rpartition("=")[2]) for url in pieces]
    assert starts[0] == 0
    assert sorted(set(starts)) == sorted(starts), "no piece that had come was sent again"


def test_what_is_not_taken_is_said_at_the_field_before_anything_is_sent(window, form):
    page, asked = window().sign_in("chen").open(form), []
    page.on("request", lambda one: asked.append(one.url) if "/staged" in one.url else None)
    for name, size, why in (
        ("程序.exe", 9, "不收这种文件。只收：JPEG、PNG、HEIC、WebP"),
        ("大.jpg", 26 * MIB, "26.0 MB，超过 25 MB 的上限，请压缩或拆分后再选"),
        ("空.pdf", 0, "文件是空的"),
    ):
        page.evaluate(CHOOSE, [name, size])
        line = page.locator("[data-files] .upload-refused", has_text=name)
        assert why in line.inner_text()
    page.fill("[name=text]", SAID)
    page.locator("#act-form button[type=submit]").click()
    page.get_by_text("没有传上，请重试或移除后再提交").wait_for()
    assert (asked, rows(ProgressReport)) == ([], [])

    for name in ("程序.exe", "大.jpg", "空.pdf"):
        page.get_by_role("button", name=f"移除{name}").click()
    sent(page)

    assert len(rows(ProgressReport)) == 1
    assert rows() == []


def test_one_taken_off_the_list_does_not_go_along(window, form, shot, app):
    page = window().sign_in("chen").open(form)
    page.set_input_files("#f-file", [shot("留下.jpg"), shot("拍错.jpg")])
    saved(page, 2)
    with page.expect_response(lambda answer: answer.url.endswith("/drop") and answer.ok):
        page.get_by_role("button", name="移除拍错.jpg").click()
    assert len(waiting(app)) == 1
    assert page.get_by_text("1个已传好").is_visible()
    page.fill("[name=text]", SAID)
    sent(page)

    assert [row.name for row in rows()] == ["留下.jpg"]


def test_without_script_the_form_takes_its_files_along(window, form, shot):
    page = window(PHONE, javascript=False).sign_in("chen").open(form)
    field = page.locator("#f-file")
    assert field.is_visible()
    assert not page.get_by_text("选择文件", exact=True).is_visible()
    field.set_input_files([shot("一.jpg"), shot("二.jpg")])
    page.fill("[name=text]", SAID)
    sent(page)

    assert [row.name for row in rows()] == ["一.jpg", "二.jpg"]
