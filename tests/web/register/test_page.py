"""The register: filter, sort, page; the whole filter stands in the URL."""

from datetime import date

import pytest

from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.vocabulary import Action, Status

TODAY = date(2025, 11, 25)


def until(day):
    return {"deadline": day, "measures": [{"text": "完成整治", "deadline": day}]}


@pytest.fixture
def three(make_issue):
    """A red, a yellow and a green ticket; the yellow one is 恩阳区's."""
    enyang = {"region": "511903", "primary_unit": "511903", "types": ["水", "大气"]}
    return (  # in the order of their urgency
        make_issue(title="逾期的事项", **until("2025-11-20")),
        make_issue(title="临期的事项", sponsor="王副区长", **until("2025-12-01"), **enyang),
        make_issue(
            title="正常的事项",
            source="ZC",
            types=["噪声"],
            area_keeper="王片长",
            subject_firm="某某砂石厂",
            **until("2026-06-30"),
        ),
    )


@pytest.fixture
def found(people):
    def find(viewer="sun", **asked):
        lines = register.find(Filters.from_args(asked), people[viewer], TODAY).lines
        return [line.title[:2] for line in lines]

    return find


ASKED = (
    ({}, ["逾期", "临期", "正常"]),
    ({"colour": "red"}, ["逾期"]),
    ({"colour": "red,yellow"}, ["逾期", "临期"]),
    ({"colour": ["green", "yellow"]}, ["临期", "正常"]),
    ({"status": "rectifying"}, ["逾期", "临期", "正常"]),
    ({"status": "draft"}, []),
    ({"source": "ZC"}, ["正常"]),
    ({"region": "511903"}, ["临期"]),
    ({"unit": "511903"}, ["临期"]),
    ({"unit": "511900-STHJ"}, ["逾期", "临期", "正常"]),
    ({"unit": "511900-STHJ", "role": "primary"}, []),
    ({"unit": "511900-STHJ", "role": "lead"}, ["逾期", "临期", "正常"]),
    ({"unit": "511903", "role": "responsible"}, ["临期"]),
    ({"type": "噪声"}, ["正常"]),
    ({"type": "大气"}, ["临期"]),
    ({"due_before": "2025-12-01"}, ["逾期", "临期"]),
    ({"due_after": "2025-12-01"}, ["临期", "正常"]),
    ({"rule": "R1"}, ["逾期"]),
    ({"rule": "Y1"}, ["逾期", "临期"]),
    ({"keeper": "王"}, ["临期", "正常"]),
    ({"keeper": "王片"}, ["正常"]),
    ({"firm": "砂石"}, ["正常"]),
    ({"turning": "30", "turns": "red"}, ["临期"]),
    ({"view": "yellow"}, ["临期"]),
    ({"q": "临期"}, ["临期"]),
    ({"q": "事项", "colour": "green"}, ["正常"]),
    ({"sort": "number"}, ["逾期", "临期", "正常"]),
    ({"sort": "-deadline"}, ["正常", "临期", "逾期"]),
    ({"sort": "colour"}, ["逾期", "临期", "正常"]),
    ({"sort": "-colour"}, ["正常", "临期", "逾期"]),
)  # fmt: skip
NAMES = (
    "colour", "status", "source", "region", "unit", "type", "due_before", "due_after", "rule",
    "keeper", "firm", "q", "view", "on", "turning", "newly", "notice",
)  # fmt: skip


@pytest.mark.both
def test_each_filter_finds_its_tickets(three, found):
    wrong = [(asked, found(**asked)) for asked, titles in ASKED if found(**asked) != titles]

    assert wrong == []


@pytest.mark.both
def test_an_unknown_value_finds_nothing(three, found):
    assert [name for name in NAMES if found(**{name: "无此值"})] == []


@pytest.mark.both
def test_a_past_day_gives_colour_and_status_of_that_day(three, found):
    assert found(on="2025-11-10", colour="red") == []
    assert found(on="2025-11-10", rule="Y1") == ["逾期"]
    assert found(on="2025-11-10", status="rectifying") == ["逾期", "临期", "正常"]
    assert found(on="2025-10-12", status="planning") == ["逾期", "临期", "正常"]
    assert found(on="2025-10-01") == []
    assert found(on="2025-12-02", colour="red") == ["逾期", "临期"]


def test_a_filter_lives_in_the_url_and_its_chips_take_it_apart(three, browser):
    page = browser.as_("sun").get("/issues?colour=yellow&unit=511903&sort=-deadline")

    assert [row[1][:14] for row in page.rows()] == [three[1].number]
    assert "颜色 黄" in page.text
    assert "单位 恩阳区" in page.text
    assert "/issues?unit=511903&sort=-deadline" in page.links
    assert "/issues?colour=yellow&unit=511903&sort=deadline" in page.links


def test_each_view_is_a_tab_with_its_count(three, browser):
    page = browser.as_("chen").get("/issues")

    assert "全部 2" in page.text
    assert "红 1" in page.text
    assert "黄 0" in page.text
    assert len(page.rows()) == 2


def test_a_unit_sees_its_own_alone(three, browser):
    page = browser.as_("wu").get("/issues")

    assert [row[2][:2] for row in page.rows()] == ["临期"]
    assert three[0].number not in page.html


def test_a_row_says_colour_reason_status_and_days_left(three, browser):
    page = browser.as_("sun").get("/issues?colour=red")

    (row,) = page.rows()
    assert "红 逾期" in row[3]
    assert "待确认" in row[3]
    assert row[4] == "整改中"
    assert "逾期 5 天" in row[6]


def test_a_page_asks_as_much_of_the_database_for_many_as_for_few(make_issue, browser):
    sun = browser.as_("sun")
    sun.get("/issues")  # what is asked once in the life of a process
    make_issue(Status.DRAFT)
    few = len(sun.get("/issues").statements)
    for number in range(30):
        make_issue(Status.DRAFT, title=f"事项{number}")

    page = sun.get("/issues")

    assert len(page.statements) == few <= 30
    assert len(page.rows()) == 25
    assert "共 31 条，第 1/2 页" in page.text
    assert len(sun.get("/issues?page=2").rows()) == 6
    assert len(sun.get("/issues?limit=5").rows()) == 5


def test_no_ticket_is_lost_between_two_pages(make_issue, people):
    numbers = {make_issue(Status.DRAFT).number for _ in range(7)}

    seen, after = set(), ""
    while after is not None:
        page = register.find(Filters(limit="3", after=after), people.sun, TODAY)
        seen |= {line.number for line in page.lines}
        after = page.next

    assert seen == numbers


def test_nothing_found_says_what_to_do_next(three, browser):
    page = browser.as_("sun").get("/issues?q=没有这回事")

    assert "没有符合这些条件的事项" in page.text
    assert "/issues" in page.links


def test_a_count_is_never_older_than_the_last_act(three, browser, make_issue):
    sun = browser.as_("sun")
    assert "共 3 条" in sun.get("/issues").text

    make_issue.act(Action.WITHDRAW, three[2], "zhou", reason="登记有误")
    make_issue(Status.DRAFT)

    assert "共 4 条" in sun.get("/issues").text
    assert "共 1 条" in sun.get("/issues?status=withdrawn").text


@pytest.mark.parametrize("name", ["sysadmin", "secadmin", "auditor"])
def test_administrators_read_no_business(browser, name):
    browser.as_(name).get("/issues", expect=403)
