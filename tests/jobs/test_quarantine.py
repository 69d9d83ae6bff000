"""A copy put back from a backup speaks to nobody, whatever the settings say."""

from pathlib import Path

from extensions import transaction
from issues import quarantine
from issues.ground import clock
from issues.jobs.job import NOWHERE, Outside
from issues.jobs.runner import tools_for

URLS = ("json://elsewhere.example.gov.cn",)
KEPT = Outside(Path("/nowhere"), URLS)


def outward(app):
    tools = tools_for(clock.today(), app.extensions["evidence"], "s", URLS, anchors=KEPT)
    return tools.notify_urls, tools.anchors


def test_it_has_nobody_to_speak_to_until_it_is_released(app):
    assert outward(app) == (URLS, KEPT)
    with transaction():
        quarantine.begin("2025-11-25T00:00:00+00:00")
    assert outward(app) == ((), NOWHERE)
    assert "从备份恢复" in app.test_cli_runner().invoke(args=["selfcheck"]).output

    with transaction():
        assert quarantine.release()
    assert outward(app) == (URLS, KEPT)
