"""Accounts from the command line."""

import pytest

from auth import signin

pytestmark = pytest.mark.both


def run(app, *words):
    return app.test_cli_runner().invoke(args=["users", *words])


def test_an_added_account_signs_in_with_the_printed_password(app, people):
    ran = run(app, "add", "gao", "--role", "reporter", "--unit", "511902")

    assert ran.exit_code == 0, ran.output
    password = ran.stdout.strip()
    assert signin.user_of("gao", password) == people["gao"].id
    assert people["gao"].unit_code == "511902"


def test_a_printed_token_is_the_account(app):
    ran = run(app, "token", "sun")

    assert signin.actor_of_token(ran.stdout.strip()).name == "sun"


@pytest.mark.parametrize(
    "words",
    [
        ("add", "chen", "--role", "reporter", "--unit", "511902"),
        ("add", "gao", "--role", "reporter"),
        ("add", "gao", "--role", "reporter", "--unit", "999999"),
        ("add", "gao", "--role", "king"),
        ("add", "gao", "--role", "sysadmin", "--role", "auditor"),
        ("token", "nobody"),
        ("password", "nobody"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(app, people, words):
    ran = run(app, *words)

    assert ran.exit_code != 0
    assert ran.stderr.strip()
    assert signin.user_of("gao", "") is None
    listed = run(app, "list").stdout
    assert "gao" not in listed
    assert "chen\t511902\t在用\t单位经办" in listed
