"""A decision's page: both ways, what stands beside them, phrases, and the next one that waits."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from extensions import db
from issues.city.phrases import MOST
from issues.models import ProgressReport
from issues.vocabulary import Action, EvidenceKind, Status
from issues.web.ticket.deciding.ways import PAIRS


def reported(make_issue, text="已开工。"):
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text=text)
    return issue


def url_of(issue, action):
    return f"/issues/{issue.number}/acts/{action.value}"


@pytest.mark.parametrize("chosen", [Action.CONFIRM_PROGRESS, Action.RETURN_PROGRESS])
def test_either_address_shows_both_ways_and_marks_its_own(browser, make_issue, chosen):
    issue = reported(make_issue)

    page = browser.as_("liu").get(url_of(issue, chosen))

    ways = page.tree.all("nav", **{"class": "ways"})[0].all("a")
    assert [way["href"] for way in ways] == [
        url_of(issue, Action.CONFIRM_PROGRESS), url_of(issue, Action.RETURN_PROGRESS),
    ]  # fmt: skip
    assert [way["href"] for way in ways if way["aria-current"]] == [url_of(issue, chosen)]


def test_a_yes_needs_no_word_and_a_no_does(browser, make_issue):
    first, second = reported(make_issue), reported(make_issue)

    browser.as_("liu").post(url_of(first, Action.CONFIRM_PROGRESS))
    page = browser.as_("liu").post(url_of(second, Action.RETURN_PROGRESS), expect=422)

    assert page.error("reason")
    states = db.session.execute(select(ProgressReport.state, ProgressReport.opinion)).all()
    assert sorted(states) == [("confirmed", ""), ("pending", "")]


def test_the_next_of_its_kind_opens_where_the_box_stands_and_only_there(browser, make_issue):
    issues = [reported(make_issue) for _ in range(3)]
    visitor = browser.as_("liu")
    first, second, third = (url_of(one, Action.CONFIRM_PROGRESS) for one in issues)
    page = visitor.get(first)
    assert "还有 2 件" in page.text
    form = page.form(first).drawn()
    assert form["next"] == "true"

    led = visitor.send(first, expect=303, follow=False, **form)
    assert led.location.endswith(second)
    told = visitor.get(second)
    assert f"{issues[0].number}现为" in told.text
    form = {name: value for name, value in told.form(second).drawn().items() if name != "next"}
    left = visitor.send(second, expect=303, follow=False, **form)
    assert left.location.endswith(f"/issues/{issues[1].number}")
    assert "接着办下一件" not in visitor.get(third).text


def picture(colour):
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return file.getvalue()


def test_pictures_before_and_after_stand_beside_acceptance(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    for kind, colour in ((EvidenceKind.BEFORE, "red"), (EvidenceKind.AFTER, "green")):
        make_issue.evidence(issue, kind, file=(f"{kind.value}.jpg", picture(colour)))
    make_issue.advance(issue, Status.FIRST_ACCEPTANCE)

    page = browser.as_("liulead").get(url_of(issue, Action.PASS_FIRST_ACCEPTANCE))

    pairs = page.tree.all("div", **{"class": "pair"})
    assert len(pairs) == 1
    assert [one.text.split()[0] for one in pairs[0].all("a")] == ["整改前照片", "整改后照片"]


def test_a_file_that_is_like_another_stands_beside_the_decision_for_who_reviews(
    browser, make_issue
):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    for one in (other, issue):
        make_issue.evidence(one, EvidenceKind.AFTER, file=("后.jpg", picture("green")))
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="已开工。")
    url = url_of(issue, Action.CONFIRM_PROGRESS)
    visitor = browser.as_("liu")

    page = visitor.get(url)
    assert "待复核的佐证疑点 1 处" in " ".join(page.text.split())
    assert f"与{other.number}的文件逐字节相同" in page.text
    sides = page.tree.all("div", **{"class": "pair"})[0].all("a")
    assert [one["href"].split("/")[2] for one in sides] == [issue.number, other.number]

    (flag,) = {one["value"] for one in visitor.get(f"/issues/{issue.number}/flags").tree.all(
        "input", name="flag")}  # fmt: skip
    flags = f"/issues/{issue.number}/flags"
    visitor.post(flags, via=flags, flag=flag, ruling="dismissed", reason="两处同一现场。")
    assert "待复核的佐证疑点" not in visitor.get(url).text


def test_a_card_shows_by_what_rules_the_colour_is_reckoned(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    page = browser.as_("sun").get(url_of(issue, Action.RAISE_CARD))

    assert "颜色怎么算的" in page.text
    assert "尚未挂牌，按规则计算为" in page.text


def test_every_pair_is_of_two_acts_and_no_act_stands_in_two():
    acts = [action for pair in PAIRS for action in pair]

    assert len(acts) == len(set(acts))


def test_own_phrases_come_first_and_are_bounded(browser, make_issue):
    issue = reported(make_issue)
    visitor = browser.as_("liu")
    visitor.post(
        "/account/phrases", yes="示例：现场看过。\n\n示例：数量核对。\n示例：现场看过。", no=""
    )

    page = visitor.get(url_of(issue, Action.CONFIRM_PROGRESS))
    shown = [
        one.text for one in page.tree.all("div", **{"data-phrases": "f-opinion"})[0].all("button")
    ]
    assert shown[:2] == ["示例：现场看过。", "示例：数量核对。"]
    assert "经核对材料，同意。" in shown
    no = visitor.get(url_of(issue, Action.RETURN_PROGRESS))
    assert "示例：现场看过。" not in no.text

    many = "\n".join(f"第{one}句" for one in range(MOST + 1))
    assert visitor.post("/account/phrases", 422, yes=many, no="").error("yes")
    assert visitor.post("/account/phrases", 422, yes="", no="长" * 61).error("no")
    visitor.post("/account/phrases", yes="", no="")
    assert "示例：现场看过。" not in visitor.get(url_of(issue, Action.CONFIRM_PROGRESS)).text
    other = browser.as_("liulead").get("/account/phrases")
    assert other.form("/account/phrases").drawn()["yes"] == ""
