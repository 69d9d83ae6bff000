"""A parameter of an address that is wrong is told in words; it never counts as not said."""

import pytest
from people import BAZHOU

PAGES = [
    ("sun", "/burden", "year", "年度应是2000到2999的整数"),
    ("sun", "/burden.xlsx", "year", "年度应是2000到2999的整数"),
    ("sun", "/burden/events?what=forms", "year", "年度应是2000到2999的整数"),
    ("sun", "/burden/events?what=forms", "month", "月份应是1到12的整数"),
    ("sun", "/burden/events?what=forms", "act", "没有这样的表"),
    ("he", "/scores", "year", "年度应是2000到2999的整数"),
    ("he", "/scores", "quarter", "季度应是1到4的整数"),
    ("he", "/scores.xlsx", "quarter", "季度应是1到4的整数"),
    ("he", "/scores/report.pdf", "quarter", "季度应是1到4的整数"),
    ("chenlead", f"/scores/{BAZHOU}", "year", "年度应是2000到2999的整数"),
    ("chenlead", f"/scores/{BAZHOU}/sheet", "quarter", "季度应是1到4的整数"),
    ("sun", "/keepers/unkept", "region", "没有这样的区域"),
]
WRONG = ("nothing", "0", "-1", "3000", "2025.0", "9" * 40)


@pytest.mark.parametrize(("who", "url", "name", "sentence"), PAGES)
def test_a_wrong_parameter_is_told(browser, who, url, name, sentence):
    joined = "&" if "?" in url else "?"
    for raw in WRONG:
        page = browser.as_(who).get(f"{url}{joined}{name}={raw}", 422)
        assert sentence in page.text
    own = {"/burden": "回到基层减负", "/scores": "回到考核"}.get(url, "")
    assert own in page.text
    assert browser.as_("sun").get("/burden", year="").text  # an empty field of a form says nothing


def test_full_width_digits_of_a_typed_address_are_not_guessed(browser):
    assert "年度应是" in browser.as_("he").get("/scores?year=２０２５", 422).text
