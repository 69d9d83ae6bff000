"""The points of a programme as the API, the page and the workbook tell them: all the same."""

import io

from brought import the_programme
from openpyxl import load_workbook


def test_the_page_the_api_and_the_workbook_say_the_same(app, shelf, api, browser):
    the_programme(shelf)
    page = browser.as_("sun").get("/points")
    assert page.heading == "2025年工作要点"
    shown = {link for link in page.links if "/issues/BZ-GZ-2025-" in link}
    answered = api.sun.get("/points?limit=100").json["items"]
    content = browser.as_("sun").get("/points.xlsx?year=2025").answer.get_data()
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=4, values_only=True))

    assert len(shown) == len(answered) == len({row[3] for row in rows}) == 22
    assert sum(len(point["targets"]) for point in answered) == sum(bool(row[8]) for row in rows)
    eighth = answered[7]
    assert (eighth["no"], eighth["lead_unit"]) == (8, "511900-STHJ")
    assert (eighth["targets"][1]["sense"], eighth["targets"][1]["value"]) == ("lt", 27.4)
    assert isinstance(next(row[9] for row in rows if "PM2.5" in (row[8] or "")), float)
    assert api.sun.get("/points?year=2024").json["items"] == []
    api.sun.get("/points?year=x", 422)
