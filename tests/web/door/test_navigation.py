"""The navigation names only places that are there."""

import pytest
from people import CAST
from werkzeug.exceptions import HTTPException

from issues.web.door.navigation import PLACES, Place, items


def missing(app, places):
    """The addresses no page of this build answers."""
    routes = app.url_map.bind("")
    for place in places:
        try:
            routes.match(place.url, method="GET")
        except HTTPException:
            yield place.url


def test_the_check_finds_a_place_that_is_not_there(app):
    planted = Place("/nowhere", "无处", "award", PLACES[0].power)

    assert list(missing(app, (*PLACES, planted))) == ["/nowhere"]


def test_every_place_answers(app):
    assert list(missing(app, PLACES)) == []


@pytest.mark.parametrize("name", ["url", "label"])
def test_no_two_places_are_the_same(name):
    said = [getattr(place, name) for place in PLACES]

    assert sorted(set(said)) == sorted(said)


@pytest.mark.parametrize("who", CAST)
def test_who_is_shown_a_place_may_go_there(app, people, browser, who):
    with app.test_request_context():
        shown = items(getattr(people, who), {}, keeps=True)

    assert shown
    for place in shown:
        browser.as_(who).get(place.url, 200)
