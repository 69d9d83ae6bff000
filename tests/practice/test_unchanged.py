"""Of nobody is it said that a password was changed who still has the one of the example."""

from auth.models import User
from auth.passwords import hash_password
from extensions import db, transaction
from issues.ground import clock
from issues.queries.admin.practising import parts
from seed import city, county, example

PASSWORD = "Shili-2025-mima"


def changed():
    return [one.name for one in parts() if one.is_changed]


def test_only_a_changed_password_is_said_to_be_changed(empty_app):
    with clock.standing_on(example.EXAMPLE_DAY), transaction():
        example.found(PASSWORD)
        cast = city.add_people(county.add_units(), PASSWORD, city.COUNTY_CAST)
    assert {one.name for one in parts()} >= set(cast)
    assert changed() == []

    with transaction():
        db.session.get_one(User, cast["luo"].id).password_hash = hash_password(PASSWORD + "2")
    assert changed() == ["luo"]
