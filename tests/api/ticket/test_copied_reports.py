"""A report that came by the API is compared as one from the form is."""

from issues.evidence.flags import examine
from issues.vocabulary import Status

SAID = "本月完成破损管网修复0.8公里，清理淤泥120立方米，沿线无直排。"


def test_a_report_from_the_api_is_compared(api, make_issue):
    issue = make_issue(Status.RECTIFYING)

    for figure in ("0.8", "0.9"):
        api.chen.act(issue.number, "report_progress", {"text": SAID.replace("0.8", figure)})

    (flag,) = examine.all_flags(issue, [], make_issue.people.liu)
    assert "与本事项" in flag.because
