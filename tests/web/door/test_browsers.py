"""The browser of a sign-in in words: what the machine says of itself is only a tooltip."""

import pytest

from auth.models import SignIn
from extensions import db, transaction
from issues.web.door.browsers import said

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
AGENTS = {
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36":
        "Windows 上的 Chrome 142",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36"
    " Edg/131.0.2903.86": "Windows 上的 Edge 131",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0":
        "Windows 上的 Firefox 133",
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko": "Windows 上的 IE 11",
    f"Mozilla/5.0 (Windows NT 10.0; WOW64) {WEBKIT} Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE":
        "Windows 上的 360浏览器",
    f"Mozilla/5.0 (Windows NT 10.0; WOW64) {WEBKIT} Chrome/94.0.4606.71 Safari/537.36 Core/1.94"
    " QQBrowser/12.5.5635.400": "Windows 上的 QQ浏览器 12",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.6 Safari/605.1.15": "苹果电脑上的 Safari 17",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/17.5 Mobile/15E148 Safari/604.1": "苹果手机上的 Safari 17",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x18003231) NetType/WIFI Language/zh_CN":
        "苹果手机上的微信 8",
    f"Mozilla/5.0 (Linux; Android 13; V2218A Build/TP1A; wv) {WEBKIT} Version/4.0"
    " Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404"
    " MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64": "安卓手机上的微信 8",
    f"Mozilla/5.0 (Linux; Android 12; wv) {WEBKIT} Version/4.0 Chrome/107.0.5304.141 Mobile"
    " Safari/537.36 wxwork/4.1.22 MicroMessenger/7.0.1 Language/zh": "安卓手机上的企业微信 4",
    f"Mozilla/5.0 (Windows NT 10.0; WOW64) {WEBKIT} Chrome/108.0.5359.215 Safari/537.36"
    " dingtalk-win/1.0.0 DingTalk/7.6.15": "Windows 上的钉钉 7",
    f"Mozilla/5.0 (Phone; OpenHarmony 5.0) {WEBKIT} Chrome/114.0.0.0 Safari/537.36"
    " ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300": "鸿蒙上的华为浏览器 5",
    f"Mozilla/5.0 (Linux; Android 10; HarmonyOS; NOH-AN00; HMSCore 6.13) {WEBKIT}"
    " Chrome/99.0.4844.88 HuaweiBrowser/14.0.5.302 Mobile Safari/537.36":
        "鸿蒙上的华为浏览器 14",
    f"Mozilla/5.0 (Linux; Android 12; SM-X200) {WEBKIT} Chrome/120.0.0.0 Safari/537.36":
        "安卓平板上的 Chrome 120",
    f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/142.0.0.0 Safari/537.36":
        "Linux 上的 Chrome 142",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64)": "Windows 上的未知浏览器",
    "curl/8.5.0": "程序（不是浏览器）",
    "python-requests/2.32.3": "程序（不是浏览器）",
    "something else": "未知浏览器",
    "": "未知浏览器",
}  # fmt: skip


@pytest.mark.parametrize("agent", AGENTS, ids=AGENTS.values())
def test_a_browser_is_told_in_words(agent):
    assert said(agent) == AGENTS[agent]


def test_the_page_says_the_words_and_keeps_the_rest_as_a_tooltip(browser):
    chen = browser.as_("chen")
    raw = 'Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 "><script>alert(1)</script>'
    with transaction():
        db.session.query(SignIn).update({SignIn.agent: raw})

    page = chen.get("/account")

    assert "Windows 上的 Chrome 142" in page.text
    assert "Mozilla" not in page.text
    assert "<script>alert" not in page.html
    assert [node["title"] for node in page.tree.all("span", title=True)] == [raw]
