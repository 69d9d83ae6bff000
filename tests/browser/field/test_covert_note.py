"""A covert note with two photos in the inspector's hand: how many taps, and what was recorded."""

import pytest
import samples
from sqlalchemy import select
from windows import PHONE

from extensions import db
from issues.models import CovertNote
from issues.vocabulary import Status

pytestmark = pytest.mark.browser
MOST_TAPS, MOST_TYPED = 6, 1
HERE = {"longitude": 106.7537, "latitude": 31.8605, "accuracy": 15}


def test_from_my_work_to_kept_with_two_photos_and_the_place(window, make_issue, tmp_path):
    near = make_issue(Status.RECTIFYING, lon="106.7540", lat="31.8610", title="沟渠淤塞")
    make_issue(Status.RECTIFYING, lon="107.10", lat="32.10", title="远处的事项")
    photos = [tmp_path / f"IMG_{number}.jpg" for number in (1, 2)]
    for place, path in enumerate(photos):
        path.write_bytes(samples.jpeg() + bytes(place))
    lin = window(PHONE)
    lin.context.grant_permissions(["geolocation"])
    lin.context.set_geolocation(HERE)
    lin.sign_in("lin")
    page, taps, typed = lin.page, 0, 0

    page.get_by_role("link", name="记暗访").click()
    taps += 1
    for path in photos:
        page.set_input_files("#f-camera", path)
        taps += 1
    page.locator(".near-one", has_text="沟渠淤塞").wait_for()
    page.wait_for_function("() => document.querySelector('[name=accuracy]').value === '15'")
    assert page.locator(".near-one").nth(1).inner_text().startswith("沟渠淤塞")
    page.locator(".near-one", has_text="沟渠淤塞").click()
    taps += 1
    page.locator("[name=findings]").click()
    page.keyboard.type("后门直排泥浆水。")
    taps, typed = taps + 1, typed + 1
    assert lin.sideways() <= 0
    page.get_by_role("button", name="保存暗访记录").click()
    taps += 1
    page.wait_for_url("**/covert/*")
    page.get_by_text("±15米").wait_for()

    assert (taps, typed) == (MOST_TAPS, MOST_TYPED)
    db.session.rollback()
    note = db.session.scalars(select(CovertNote)).one()
    assert (note.concerns_id, note.region, len(note.photos)) == (near.id, near.region, 2)
    assert (note.lon, note.lat, note.capture.accuracy) == (106.7537, 31.8605, 15)
    assert lin.complaints == []


def test_a_refused_position_is_said_with_what_to_do(window, make_issue):
    make_issue(Status.RECTIFYING, lon="106.75", lat="31.86")
    lin = window(PHONE).sign_in("lin")
    page = lin.open("/route/covert")
    page.locator(".act-fold summary").click()
    page.get_by_role("button", name="用我的位置").click()
    page.get_by_text("没有允许定位").wait_for()
    assert "也可以手工填写坐标" in page.locator(".place-of").inner_text()


def test_a_position_outside_the_chosen_county_is_warned_of(window):
    lin = window(PHONE)
    lin.context.grant_permissions(["geolocation"])
    lin.context.set_geolocation({"longitude": 104.06, "latitude": 30.67, "accuracy": 300})
    page = lin.sign_in("lin").open("/covert/new")
    page.get_by_role("button", name="用我的位置").click()
    page.get_by_text("本市各县（区）界线之外").wait_for()
    assert "位置较粗略" in page.locator(".place-of").inner_text()
    assert lin.complaints == []
