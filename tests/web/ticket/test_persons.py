"""A person is told once: a name and a title that are the same words are not said twice."""

import pytest


@pytest.mark.parametrize(
    ("sponsor", "account", "told"),
    [
        ("赵副市长", "zhao", "赵副市长"),
        ("市政府副市长赵某", "zhao", "市政府副市长赵某（赵副市长）"),
        ("钱副市长", None, "钱副市长"),
        ("", "zhao", "赵副市长"),
        ("", None, "未定"),
    ],
)
def test_a_sponsor_is_told_once(browser, make_issue, sponsor, account, told):
    issue = make_issue(sponsor=sponsor, sponsor_account=account)

    page = browser.as_("sun").get(f"/issues/{issue.number}")

    shown = {
        term.text: detail.text
        for facts in page.tree.all("dl")
        for term, detail in zip(facts.all("dt"), facts.all("dd"), strict=True)
    }
    assert shown["包案领导"] == told


@pytest.mark.parametrize(
    ("name", "also", "told"),
    [("甲", "甲", "甲"), ("甲", "乙", "甲（乙）"), ("", "乙", "乙"), ("甲", None, "甲"),
     ("", None, "未定")],
)  # fmt: skip
def test_the_one_macro_says_it(app, name, also, told):
    macro = app.jinja_env.get_template("components/person.html").module.person

    assert str(macro(name, also)) == told
