"""The manual inside: its contents, what is found, a chapter, a print, the pictures, the “?”."""

from sqlalchemy import update

from auth.models import User
from extensions import db, transaction
from issues.manual import book
from issues.manual.chapters import CHAPTERS, READERS, chapters_of
from issues.web.door import firsts


def test_everybody_reads_the_contents_their_own_chapters_first(browser):
    for name in ("sun", "zhou", "lin", "chen", "zhao", "he", "sysadmin", "secadmin", "auditor"):
        page = browser.as_(name).get("/help")
        own, others = page.tree.all("ul", class_="help-contents")
        assert own.all("a")
        assert len(own.all("a")) + len(others.all("a")) == len(CHAPTERS)
        assert page.tree.one("small").text in {reader.label for reader in READERS}


def test_every_chapter_is_a_page_and_every_manual_is_printed_whole(browser):
    sun = browser.as_("sun")
    for chapter in CHAPTERS:
        page = sun.get(f"/help/{chapter.slug}")
        assert page.heading == book.page_of(chapter.slug).title
    for reader in READERS:
        page = sun.get(f"/help/print/{reader.slug}")
        ids = {node["id"] for node in page.tree.walk() if node["id"]}
        inside = {link[1:] for link in page.links if link.startswith("#")}
        assert inside <= ids, inside - ids
        assert {chapter.slug for chapter in chapters_of(reader)} <= ids
    sun.get("/help/nothing", 404)
    sun.get("/help/print/nobody", 404)


def test_each_anchor_of_a_chapter_is_on_its_page(browser):
    page = browser.as_("sun").get("/help/colours")

    ids = {node["id"] for node in page.tree.walk() if node["id"]}
    assert {"Y1", "R8", "each", "颜色不对怎么办"} <= ids
    assert "办理期限364天的25%为91天，限3至30天，提前30天为临期" in page.text
    assert "提前量不多于这个天数" in page.text
    papers = browser.as_("sun").get("/help/papers")
    assert "市领导" in papers.text
    assert "追赶计划" in papers.text
    assert "事项整改完成，从清单上销去" in browser.as_("sun").get("/help/glossary").text


def test_the_manual_is_searched_in_titles_text_rules_and_words(browser):
    chen = browser.as_("chen")

    found = chen.get("/help", q="申请 延期")
    first = found.tree.one("ol", class_="help-found").all("a")[0]
    assert first["href"].startswith("/help/unit#")
    assert {mark.text for mark in found.tree.all("mark")} == {"申请", "延期", "申请延期"}
    assert "R5" in chen.get("/help", q="r5 曝光").text
    assert "术语" in chen.get("/help", q="锚点").text
    nothing = chen.get("/help", q="并无此事")
    assert "没有找到“并无此事”" in nothing.text
    assert not chen.get("/help", q="  ").tree.all("ol", class_="help-found")
    assert "<b>x" not in chen.get("/help", q="<b>x</b>").html


def test_a_long_list_of_what_was_found_says_that_it_is_cut(browser, monkeypatch):
    monkeypatch.setattr(book, "MOST", 2)

    page = browser.as_("sun").get("/help", q="事项")

    assert "此处列出前 2 处" in page.text
    assert len(page.tree.one("ol", class_="help-found").all("li")) == 2


def test_the_sign_on_each_page_leads_to_its_chapter(browser):
    def sign(name, url):
        return browser.as_(name).get(url).tree.one("a", class_="help-link")["href"]

    assert sign("sun", "/") == "/help/office"
    assert sign("chen", "/") == "/help/unit"
    assert sign("sun", "/notices") == "/help/papers"
    assert sign("sysadmin", "/admin/units").startswith("/help/sysadmin#")
    assert sign("sun", "/help") == "/help"
    assert not browser.stranger.get("/login").tree.all("a", class_="help-link")


def test_a_picture_is_given_out_and_nothing_beside_it(browser):
    visitor = browser.as_("chen")

    assert visitor.get("/help/pictures/board.webp").answer.mimetype == "image/webp"
    for name in ("nothing.webp", "..%2F..%2Fapp.py", "%2e%2e"):
        visitor.get(f"/help/pictures/{name}", 404)


def test_who_must_first_change_the_password_reads_how(browser, monkeypatch):
    chen = browser.as_("chen")
    with transaction():
        db.session.execute(update(User).values(must_change_password=True))

    sign = chen.get("/account/password").tree.one("a", class_="help-link")["href"]
    assert chen.get(sign.partition("#")[0]).heading == "账号和登录"
    assert chen.get("/help/print/unit", 302).location.startswith("/account/password?")
    monkeypatch.setattr(firsts, "WITH_OLD_PASSWORD", frozenset({"account.password"}))
    assert chen.get("/help/accounts", 302).location.startswith("/account/password?")
