"""A progress report from a phone in the unit's hand: how many taps, how many fields typed."""

import pytest
import samples
from sqlalchemy import select
from windows import PHONE

from extensions import db
from issues.colour.facts_of import measures_of
from issues.models import Evidence, ProgressReport
from issues.vocabulary import EvidenceKind, Status

pytestmark = pytest.mark.browser
MOST_TAPS, MOST_TYPED = 5, 2
MEASURES = (
    {"text": "清理沿河堆点", "deadline": "2025-12-20", "target": "60", "unit_of_target": "户"},
    {"text": "建立巡查机制", "deadline": "2025-12-31"},
)


class Thumb:
    """Counts what a person does: taps (the choice of a field to type in among them) and typings."""

    def __init__(self, page):
        self.page, self.taps, self.typed = page, 0, 0

    def tap(self, selector, *, leads_on=False):
        target = self.page.locator(selector).first
        target.scroll_into_view_if_needed()
        if leads_on:
            with self.page.expect_navigation():
                target.click()
        else:
            target.click()
        self.taps += 1

    def type(self, selector, text):
        self.tap(selector)
        self.page.keyboard.type(text)
        self.typed += 1

    def photograph(self, selector, path):
        """The camera's own button is one tap of the page; what follows is the phone's."""
        self.page.set_input_files(selector, path)
        self.taps += 1


def test_from_my_work_to_sent_with_figure_and_photo(window, make_issue, tmp_path):
    issue = make_issue(Status.RECTIFYING, deadline="2025-12-31", measures=MEASURES)
    picture = tmp_path / "IMG_0001.jpg"
    picture.write_bytes(samples.jpeg())
    chen = window(PHONE).sign_in("chen")
    thumb = Thumb(chen.page)

    thumb.tap(f"a[href$='/{issue.number}/acts/report_progress']", leads_on=True)
    thumb.type("[name=text]", "沿河48户已清理，其余本月完成。")
    thumb.type("[name=measures-0-reported]", "48")
    thumb.photograph("#f-camera", picture)
    assert chen.sideways() <= 0
    thumb.tap("main button[type=submit]", leads_on=True)

    assert "已办理" in chen.text
    assert (thumb.taps, thumb.typed) == (MOST_TAPS, MOST_TYPED)
    db.session.rollback()  # the server wrote in a transaction of its own
    report = db.session.scalars(select(ProgressReport)).one()
    assert report.text == "沿河48户已清理，其余本月完成。"
    assert measures_of(issue)[0].reported == 48
    photo = db.session.scalars(select(Evidence)).one()
    assert (photo.kind, photo.name) == (EvidenceKind.DURING, "IMG_0001.jpg")
    assert chen.complaints == []
