"""A progress report from a phone in the unit's hand: how many taps, how many fields typed."""

import re
from pathlib import Path

import pytest
import samples
from sqlalchemy import select
from windows import PHONE

from extensions import db
from issues.colour.facts_of import measures_of
from issues.models import Evidence, ProgressReport
from issues.vocabulary import EvidenceKind, Status

pytestmark = pytest.mark.browser
(MANUAL,) = Path(__file__).parents[2].glob("docs/manual/*/减负.md")
ROW = re.compile(r"手机填报一件，带数字和两张照片 \| 单位经办 \| (\d+) \| (\d+) \|")
MOST_TAPS = 8
HERE = {"latitude": 31.86, "longitude": 106.75}
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


def test_from_my_work_to_sent_with_a_figure_and_two_photos(window, make_issue, tmp_path):
    issue = make_issue(Status.RECTIFYING, deadline="2025-12-31", measures=MEASURES)
    pictures = [tmp_path / f"IMG_000{number}.jpg" for number in (1, 2)]
    for place, path in enumerate(pictures):
        path.write_bytes(samples.jpeg(exif=samples.exif(point=False)) + bytes(place))
    chen = window(PHONE)
    chen.context.grant_permissions(["geolocation"])
    chen.context.set_geolocation(HERE)
    chen.sign_in("chen")
    thumb = Thumb(chen.page)

    thumb.tap(f"a[href$='/{issue.number}/acts/report_progress']", leads_on=True)
    send = chen.page.locator("main button[type=submit]")
    box = send.bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"], "at hand without scrolling"
    thumb.type("[name=text]", "沿河48户已清理，其余本月完成。")
    thumb.type("[name=measures-0-reported]", "48")
    thumb.photograph("#f-camera", pictures[0])
    thumb.tap("[data-agree]")
    thumb.photograph("#f-camera", pictures[1])
    assert chen.sideways() <= 0
    thumb.tap("main button[type=submit]", leads_on=True)

    assert "已办理“填报进展”" in chen.text
    assert "下一步由市生态环境局或市环委办确认或退回" in chen.text
    assert (str(thumb.taps), str(thumb.typed)) == ROW.search(MANUAL.read_text()).groups()
    assert thumb.taps <= MOST_TAPS
    db.session.rollback()  # the server wrote in a transaction of its own
    report = db.session.scalars(select(ProgressReport)).one()
    assert report.text == "沿河48户已清理，其余本月完成。"
    assert measures_of(issue)[0].reported == 48
    photos = db.session.scalars(select(Evidence).order_by(Evidence.id)).all()
    assert [(one.kind, one.name, one.is_place_told) for one in photos] == [
        (EvidenceKind.DURING, path.name, True) for path in pictures
    ]
    assert chen.complaints == []
