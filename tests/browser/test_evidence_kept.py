"""Evidence as its people handle it: a new version, a tombstone, two photos judged side by side."""

import pytest
import samples

from issues.vocabulary import EvidenceKind, Status

pytestmark = pytest.mark.browser
DRAWN = "image => image.decode().then(() => image.naturalWidth > 0)"


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING, title="照片有疑点的事项")


def put(make_issue, issue, name="后.jpg", data=None, kind=EvidenceKind.AFTER):
    return make_issue.evidence(issue, kind, file=(name, data or samples.jpeg()))


def is_drawn(image):
    image.scroll_into_view_if_needed()
    return image.evaluate(DRAWN)


def test_a_file_is_replaced_withdrawn_and_seen_as_withdrawn(desk, make_issue, issue, tmp_path):
    row = put(make_issue, issue)
    better = tmp_path / "更清楚的.jpg"
    better.write_bytes(samples.encoded(samples.picture(tone=90), "JPEG"))
    gallery = f"/issues/{issue.number}/evidence"
    chen = desk("chen")
    chen.open(gallery)
    chen.page.locator(".thumb").first.click()
    chen.page.wait_for_url(f"**/evidence/{row.id}")

    chen.page.set_input_files("#f-file", better)
    chen.page.fill("#f-reason", "原照片太暗")
    chen.press("更新佐证材料")
    assert "更清楚的.jpg" in chen.heading
    assert "第 2 版" in chen.text
    assert "第 1 版" in chen.text
    chen.open(gallery)
    assert "整改后照片（第2版）" in chen.text

    chen.page.locator(".thumb").first.click()
    chen.page.fill("#f-withdraw", "拍错了地方")
    chen.press("撤回佐证材料")
    chen.open(gallery)
    assert chen.page.locator(".thumb").count() == 0
    assert "拍错了地方" not in chen.text
    assert chen.complaints == [], chen.complaints
    sun = desk("sun")
    sun.open(gallery)
    tombstone = sun.page.locator("#withdrawn")
    assert "拍错了地方" in tombstone.inner_text()
    tombstone.get_by_role("link").first.click()
    assert "只有市环委办可以查看" in sun.text
    assert is_drawn(sun.page.locator(".face img"))
    with sun.page.expect_download() as kept:
        sun.page.get_by_role("link", name="下载原件").click()
    assert kept.value.path().read_bytes() == better.read_bytes()
    assert sun.complaints == [], sun.complaints


def test_a_reviewer_sees_two_photos_side_by_side_and_rules(desk, make_issue, issue):
    other = make_issue(Status.RECTIFYING, title="另一件事项")
    put(make_issue, other)
    smaller = samples.encoded(samples.picture().resize((320, 240)), "JPEG", quality=60)
    put(make_issue, issue, "又一张.jpg", smaller)
    gallery = f"/issues/{issue.number}/evidence"
    liu = desk("liu")
    liu.open(gallery)
    assert "待复核" in liu.text
    liu.page.get_by_role("link", name="佐证疑点").click()

    sides = liu.page.locator(".doubt-side")
    assert [side.locator("h3").inner_text() for side in sides.all()] == ["本事项", other.number]
    mine, twin = (side.locator("img") for side in sides.all())
    assert is_drawn(mine)
    assert is_drawn(twin)
    left, right = mine.bounding_box(), twin.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < left["height"]

    liu.press("记录判断")
    assert "请写明判断的理由" in liu.text
    liu.page.get_by_label("属实").check()
    liu.page.get_by_label("理由").fill("同一张照片缩小后再用")
    liu.press("记录判断")
    assert "属实 同一张照片缩小后再用" in liu.text
    assert "已复核" in liu.text
    liu.open(gallery)
    assert "待复核" not in liu.text
    lin = desk("lin")
    lin.open(f"/issues/{issue.number}/flags")
    assert "属实 同一张照片缩小后再用" in lin.text
    chen = desk("chen")
    chen.open(gallery)
    assert chen.page.get_by_role("link", name="佐证疑点").count() == 0
