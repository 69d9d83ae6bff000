"""Files sent from a browser: over a line that breaks, paused, kept as a draft, dropped, pasted."""

import hashlib

import pytest
from PIL import Image
from windows import PHONE, Line

from extensions import db
from issues.models import Evidence
from issues.vocabulary import EvidenceKind, Status

MIB = 1024 * 1024
SEEN = """count => [...document.querySelectorAll('.file-face img')]
    .filter(one => one.naturalWidth > 0).length === count"""
PLACE = {"latitude": 31.86, "longitude": 106.75}

pytestmark = pytest.mark.browser


@pytest.fixture
def number(make_issue):
    return make_issue(Status.RECTIFYING).number


@pytest.fixture
def photo(tmp_path):
    """A photo of so many bytes: a picture, and what a phone appends to it."""

    def taken(name, size=4 * MIB):
        path = tmp_path / name
        Image.effect_noise((320, 240), 60 + len(name)).convert("RGB").save(path, "JPEG")
        data = path.read_bytes()
        path.write_bytes(data + bytes(range(256)) * ((size - len(data)) // 256))
        return path

    return taken


def rows():
    db.session.rollback()
    return db.session.query(Evidence).order_by(Evidence.id).all()


def opened(window, number, viewport=PHONE):
    chen = window(viewport).sign_in("chen")
    page = chen.open(f"/issues/{number}/evidence")
    page.select_option(".upload [name=kind]", "after")
    return page


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def a_piece(page):
    return page.expect_response(lambda answer: "?at=" in answer.url and answer.ok)


def test_a_broken_connection_goes_on_where_it_stopped(window, number, photo, app):
    page, path = opened(window, number), photo("断网.jpg")
    sent = []
    page.on("requestfinished", lambda one: sent.append(one.url) if "?at=" in one.url else None)
    page.set_input_files("#f-file", path)
    line = Line(page)
    line.is_(bytes_a_second=2_000_000)
    with a_piece(page):
        page.get_by_role("button", name="上传 1 个文件").click()
    line.is_(offline=True)
    page.get_by_text("网络中断").wait_for()
    assert rows() == []

    line.is_()
    with page.expect_navigation(timeout=60_000):
        pass

    (row,) = rows()
    assert (row.sha256, row.size) == (digest_of(path), path.stat().st_size)
    starts = [int(url.rpartition("=")[2]) for url in sent]
    assert starts[0] == 0
    assert sorted(set(starts)) == sorted(starts), "no piece that had come was sent again"
    with app.extensions["evidence"].read_verified(row.sha256) as kept:
        assert kept.read() == path.read_bytes()


def test_a_crowd_is_waited_for_without_a_hand(window, number, photo):
    """Told that all turns go, the page waits as long as it was told, and goes on by itself."""
    page, path, asked = opened(window, number), photo("排队.jpg", MIB), []

    def crowded(route):
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
            return
        said = '{"sentence": "同时上传的人过多，这一次没有保存，请约 2 秒后再试。"}'
        route.fulfill(
            status=429, headers={"Retry-After": "2"}, content_type="application/json", body=said
        )

    page.route("**/finish", crowded)
    page.set_input_files("#f-file", path)
    with page.expect_navigation():
        page.get_by_role("button", name="上传 1 个文件").click()
        page.get_by_text("约 2 秒后自动继续").wait_for()

    assert [row.sha256 for row in rows()] == [digest_of(path)]
    assert len(asked) == 2


def test_a_paused_file_goes_on_when_asked(window, number, photo):
    page, path = opened(window, number), photo("暂停.jpg")
    page.set_input_files("#f-file", path)
    line = Line(page)
    line.is_(bytes_a_second=1_000_000)
    with a_piece(page):
        page.get_by_role("button", name="上传 1 个文件").click()
    page.get_by_role("button", name="暂停").click()
    page.get_by_text("已暂停在").wait_for()
    assert rows() == []

    line.is_()
    with page.expect_navigation():
        page.get_by_role("button", name="继续").click()

    assert [row.sha256 for row in rows()] == [digest_of(path)]


def test_a_draft_waits_on_the_phone_until_the_person_sends_it(window, number, photo):
    page, path = opened(window, number), photo("草稿.jpg", MIB)
    page.context.set_offline(True)
    page.set_input_files("#f-file", path)
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_text("草稿已存在本机，尚未发送").wait_for()
    page.context.set_offline(False)

    page.reload()
    page.get_by_text("草稿，尚未发送").wait_for()
    assert rows() == []
    with page.expect_navigation():
        page.get_by_role("button", name="发送", exact=True).click()

    (row,) = rows()
    assert (row.sha256, row.kind) == (digest_of(path), EvidenceKind.AFTER)
    assert page.get_by_text("草稿，尚未发送").count() == 0


def test_the_place_is_asked_for_once_at_the_camera(window, number, photo):
    page = opened(window, number)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(PLACE)
    page.set_input_files("#f-camera", photo("一.jpg", MIB))
    page.get_by_role("button", name="附上位置").click()
    page.get_by_text("一.jpg").wait_for()
    page.set_input_files("#f-camera", photo("二二.jpg", MIB))
    assert not page.locator("[data-place]").is_visible()
    page.wait_for_function(SEEN, arg=2)

    with page.expect_navigation():
        page.get_by_role("button", name="上传 2 个文件").click()

    assert [(row.is_place_told, row.lon, row.lat) for row in rows()] == [
        (True, PLACE["longitude"], PLACE["latitude"])
    ] * 2


def test_files_are_dropped_and_pasted(window, number, photo):
    page = opened(window, number)
    put = """([kind, name, data]) => {
        const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
        const held = new DataTransfer();
        held.items.add(new File([bytes], name, {type: "image/jpeg"}));
        const target = kind === "drop" ? document.querySelector("[data-drop]") : document;
        target.dispatchEvent(kind === "drop"
            ? new DragEvent("drop", {dataTransfer: held, bubbles: true, cancelable: true})
            : new ClipboardEvent("paste", {clipboardData: held, bubbles: true}));
    }"""
    import base64  # noqa: PLC0415 - one test's

    for kind, name in (("drop", "拖入.jpg"), ("paste", "粘贴的.jpg")):
        data = base64.b64encode(photo(name, MIB // 4).read_bytes()).decode()
        page.evaluate(put, [kind, name, data])
    page.set_input_files("#f-file", photo("不收.txt", 2048))
    page.get_by_text("不收这种文件").wait_for()
    page.locator("li", has_text="不收.txt").get_by_role("button", name="移除").click()

    with page.expect_navigation():
        page.get_by_role("button", name="上传 2 个文件").click()

    assert {row.name for row in rows()} == {"拖入.jpg", "粘贴的.jpg"}


def test_before_and_after_lie_over_each_other_with_a_slider(window, make_issue, photo):
    issue = make_issue(Status.RECTIFYING)
    for kind, name in ((EvidenceKind.BEFORE, "前.jpg"), (EvidenceKind.AFTER, "后来.jpg")):
        make_issue.evidence(issue, kind, file=(name, photo(name, MIB // 4).read_bytes()))
    page = window().sign_in("chen").open(f"/issues/{issue.number}/evidence")
    page.locator(".slider img").first.wait_for()

    page.locator(".slider-range").fill("80")

    assert "80%" in page.locator(".slider-after").evaluate("one => one.style.clipPath")
    box = page.locator(".slider").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 50)
    page.mouse.up()
    assert page.locator(".slider-range").input_value() in {"29", "30", "31"}
