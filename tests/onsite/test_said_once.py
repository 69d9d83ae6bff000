"""Of one field it is never said that it must and that it may: its mark, its hint, its control."""

import re

import pytest

from issues.act_fields import FIELDS
from issues.supervision import covert
from issues.vocabulary import Status

MUST, MAY = re.compile(r"必填|必选|必须填"), re.compile(r"选填|可不填|可以不填|不填则|不填为")
TABLES = {**{act.value: fields for act, fields in FIELDS.items()}, "covert": covert.FIELDS}


def within(fields):
    for one in fields:
        yield one
        yield from within(one.fields)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_hint_says_no_other_than_the_mark(name):
    for one in within(TABLES[name]):
        assert not (MAY if one.required else MUST).search(one.hint), (name, one.name, one.hint)


def test_no_form_on_the_spot_says_both_of_one_field(browser, make_issue):
    issue = make_issue(Status.SITE_CHECK, lon="106.75", lat="31.86")
    for url in (
        "/route/covert", "/covert/new", f"/route/check/{issue.number}",
        f"/issues/{issue.number}/acts/record_site_check",
    ):  # fmt: skip
        html = browser.as_("lin").get(url).answer.text
        photos = re.findall(r'<(?:label|legend) class="form-label"[^>]*>([^<]*照片[^<]*)(.*)', html)
        marks = {mark for _, rest in photos for mark in ("必填", "选填") if mark in rest}
        assert len(marks) == 1, (url, photos)
        for field in re.split(r'<div class="field|<fieldset class="field', html)[1:]:
            head = field.split("</div>")[0]
            assert not ('class="must"' in head and 'class="may"' in head), (url, head[:200])
            assert " required" not in head or 'class="may"' not in head, (url, head[:200])
