"""Accounts from the command line."""

import pytest
from people import PASSWORD, add_device

from auth import signin
from auth.proofs import factors


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


@pytest.mark.both
def test_a_printed_link_lets_its_owner_set_the_password(app, people, browser):
    ran = run(app, "password-link", "sun")
    assert ran.exit_code == 0, ran.output
    link = ran.stdout.strip()
    assert link.startswith("http://127.0.0.1:")
    visitor, new = browser.stranger, "Shan-Shui-Nr-yi-9"
    visitor.get("/opening?key=" + link.partition("key=")[2], 302)
    visitor.post("/opening", new=new, again=new)

    assert signin.user_of("sun", new) == people.sun.id


def test_the_machine_unlocks_and_takes_a_lost_device_off(app, people, browser):
    add_device("sysadmin")
    assert run(app, "drop-factor", "sysadmin").exit_code == 0
    assert not factors.is_on(people.sysadmin.id)
    assert run(app, "drop-factor", "sysadmin").exit_code == 1
    visitor = browser.stranger
    for _ in range(5):
        visitor.post("/login", 422, username="sysadmin", password="wrong")
    visitor.post("/login", 429, username="sysadmin", password=PASSWORD)
    assert run(app, "unlock", "sysadmin").exit_code == 0
    visitor.post("/login", username="sysadmin", password=PASSWORD)


@pytest.mark.parametrize("command", ["password-link", "unlock", "drop-factor"])
def test_an_account_that_is_not_there_is_told(app, command):
    ran = run(app, command, "nobody")

    assert ran.exit_code != 0
    assert "没有账号 nobody。" in ran.stderr
