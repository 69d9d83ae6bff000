"""Without a network: pages of the day open, a note waits sealed, and is recorded once when sent."""

from datetime import timedelta

import pytest
import samples
from judge import axe_script, faults
from sqlalchemy import select
from windows import PHONE

from extensions import db
from issues.ground import clock
from issues.models import CovertNote
from issues.vocabulary import Status

pytestmark = pytest.mark.browser
REACHED = """() => navigator.onLine
    && fetch('/healthz', {cache: 'no-store'}).then(answer => answer.ok, () => false)"""
SLOW = timedelta(hours=3)
KEPT = """async () => { const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found; }"""
OLD = """async () => { for (const name of await caches.keys()) if (name.startsWith('private-')) {
  const cache = await caches.open(name);
  for (const one of await cache.keys()) { const answer = await cache.match(one);
    const headers = new Headers(answer.headers);
    headers.set('x-kept-at', String(Number(headers.get('x-kept-at')) - 25 * 3600 * 1000));
    await cache.put(one, new Response(await answer.blob(), {headers})); } } }"""
CONTENT = """async () => {
  const base = await new Promise(done => {
    const asked = indexedDB.open('onsite', 1); asked.onsuccess = () => done(asked.result); });
  const all = name => new Promise(done => {
    const asked = base.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result); });
  const items = await all('items'), keys = await all('keys');
  const key = keys.find(one => one.id === 'key');
  let taken = 'no key';
  if (key) try { await crypto.subtle.exportKey('raw', key.keys[0]); taken = 'taken'; }
           catch { taken = 'refused'; }
  base.close();
  return {items: items.length, taken, names: items.map(one => Object.keys(one).sort().join()),
          pages: (await caches.keys()).filter(name => name.startsWith('private-')).length,
          text: items.map(one => new TextDecoder().decode(one.sealed.data)).join()};
}"""


@pytest.fixture
def lin(window, make_issue):
    make_issue(Status.SITE_CHECK, lon="106.75", lat="31.86", title="沟渠淤塞")
    opened = window(PHONE)
    opened.context.grant_permissions(["geolocation"])
    opened.context.set_geolocation({"longitude": 106.75, "latitude": 31.86, "accuracy": 20})
    opened.sign_in("lin")
    opened.open("/route")
    opened.page.wait_for_selector("[data-offline][data-kept]")
    opened.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    opened.page.clock.set_fixed_time(clock.now() - SLOW)  # a phone's clock on the tests' day
    return opened


def back(lin):
    """There is a network again, and the page has noticed."""
    lin.context.set_offline(False)
    lin.page.wait_for_function(REACHED)


def written(lin, tmp_path):
    """A note filled in without a network; the queue is on the screen after it."""
    page = lin.page
    lin.context.set_offline(True)
    page.goto(f"{lin.server}/route/covert")
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(samples.jpeg())
    page.set_input_files("#f-camera", path)
    page.wait_for_function("() => document.querySelector('[name=accuracy]').value === '20'")
    page.locator(".near-one", has_text="沟渠淤塞").click()
    page.fill("[name=findings]", "后门直排泥浆水。")
    page.get_by_role("button", name="存到待发送").click()
    page.get_by_text("待发送 1 条").wait_for()
    return page


def test_a_note_waits_and_is_recorded_once_with_its_own_time_and_place(lin, tmp_path):
    page = written(lin, tmp_path)
    line = page.locator(".queue li").inner_text()
    assert "照片 1 张" in line
    assert "±20米" in line
    inside = page.evaluate(CONTENT)
    assert (inside["items"], inside["taken"]) == (1, "refused")
    assert "泥浆" not in inside["text"]
    page.get_by_role("button", name="发送").click()
    page.get_by_text("网络中断，没有发完").wait_for()
    assert lin.sideways() <= 0

    back(lin)
    page.route("**/covert/new", lambda route: (route.fetch(max_redirects=0), route.abort()))
    page.get_by_role("button", name="发送").click()
    page.get_by_text("网络中断，没有发完").wait_for()
    page.unroute("**/covert/new")
    page.get_by_role("button", name="发送").click()
    page.get_by_text("已发送").wait_for()
    assert page.evaluate(CONTENT)["items"] == 0

    db.session.rollback()
    note = db.session.scalars(select(CovertNote)).one()
    assert (note.findings, len(note.photos)) == ("后门直排泥浆水。", 1)
    assert (note.lon, note.capture.accuracy) == (106.75, 20)
    off = SLOW.total_seconds()
    assert note.capture.device_off == pytest.approx(-off, abs=120)
    behind = (note.created_at - note.capture.device_at).total_seconds()
    assert behind == pytest.approx(off, abs=120), "as the phone told it, not put right"
    page.get_by_role("link", name="查看").click()
    page.get_by_text("发送时设备时钟比服务器慢").wait_for()


def test_nothing_is_kept_but_files_and_the_pages_of_the_day_for_a_day(lin):
    page = lin.page
    for url in ("/issues", "/covert", "/api/v1/units", "/"):
        lin.open(url)
    kept = {one for one in page.evaluate(KEPT) if not one.startswith("/static/")}
    assert kept == {"/route", "/route/covert", "/route/waiting"}
    page.evaluate(OLD)
    lin.context.set_offline(True)
    page.goto(f"{lin.server}/route/covert")
    assert page.locator("h1").inner_text() == "没有网络"


def test_signing_out_warns_of_what_waits_and_wipes_it(lin, tmp_path):
    page = written(lin, tmp_path)
    back(lin)
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    lin.open("/account").get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/route/waiting")
    page.get_by_text("待发送 1 条").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    lin.open("/account").get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login**")
    assert "还有 1 条没有发送" in asked[0]
    inside = page.evaluate(CONTENT)
    assert (inside["items"], inside["taken"], inside["pages"]) == (0, "no key", 0)


def test_another_person_on_the_phone_sees_and_opens_nothing(lin, tmp_path):
    page = written(lin, tmp_path)
    back(lin)
    lin.context.clear_cookies()
    lin.sign_in_on_page("chen")
    inside = page.evaluate(CONTENT)
    assert (inside["items"], inside["taken"], inside["pages"]) == (1, "no key", 0)
    lin.context.set_offline(True)
    page.goto(f"{lin.server}/route")
    assert "没有网络" in page.locator("h1").inner_text()
    back(lin)
    lin.context.clear_cookies()
    lin.sign_in_on_page("lin")
    lin.open("/route/waiting")
    page.get_by_text("待发送 1 条").wait_for()


def test_a_session_that_ended_meanwhile_loses_nothing(lin, tmp_path):
    page = written(lin, tmp_path)
    back(lin)
    lin.context.clear_cookies()
    page.get_by_role("button", name="发送").click()
    page.get_by_text("登录已过期").wait_for()
    lin.sign_in_on_page("lin")
    lin.open("/route/waiting")
    page.get_by_role("button", name="发送").click()
    page.get_by_text("已发送").wait_for()


def test_the_pages_of_the_phone_are_judged_by_axe_with_something_on_them(lin, tmp_path):
    page = written(lin, tmp_path)
    found = []
    back(lin)
    for url in ("/route", "/route/covert", "/route/waiting"):
        lin.open(url)
        if url == "/route":
            page.get_by_role("button", name="按离我远近排").click()
            page.get_by_text("定位精度").wait_for()
        if url == "/route/covert":
            page.get_by_role("button", name="用我的位置").click()
            page.locator(".sketch-here").wait_for()
        if url == "/route/waiting":
            page.locator(".queue li").wait_for()
        found += [f"{url}: {fault}" for fault in faults(lin, axe_script())]
        assert lin.sideways() <= 0
    assert found == []
