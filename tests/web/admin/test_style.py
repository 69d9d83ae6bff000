"""The development page shows every component; with real data there is no such page."""

import dataclasses

from issues.vocabulary import Colour


def test_every_component_stands_on_one_sound_page(browser):
    page = browser.as_("sun").get("/style")

    assert page.heading == "样式与组件"
    for colour in Colour:
        assert f"{colour.shape}{colour.label}" in page.text.replace(" ", "")
    assert "红 节点严重逾期" in page.text
    assert page.error("reason") == "请写明理由"


def test_there_is_none_on_real_data(app, browser, monkeypatch):
    sun = browser.as_("sun")
    real = dataclasses.replace(app.extensions["settings"], demo=False)
    monkeypatch.setitem(app.extensions, "settings", real)

    sun.get("/style", expect=404)
