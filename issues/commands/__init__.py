"""The command line: a module for what its commands are about."""

from flask import Flask

from issues.commands import (
    evidence,
    jobs,
    keys,
    ledger,
    notices,
    policy,
    seed,
    selfcheck,
    undoing,
    users,
    works,
)
from issues.commands.city import regions
from issues.commands.rosters import leads, people, units
from issues.commands.upkeep import backups, bundling, migrating, moving, scores

COMMANDS = (
    backups.backup,
    backups.restore,
    bundling.bundle,
    evidence.dossier,
    evidence.evidence,
    jobs.jobs,
    keys.secrets,
    leads.leads,
    ledger.ledger,
    migrating.migrate,
    migrating.rollback,
    moving.move,
    notices.notices,
    policy.policy,
    regions.regions,
    scores.scores,
    seed.seed,
    selfcheck.audit,
    selfcheck.selfcheck,
    selfcheck.setup,
    units.units,
    users.users,
    works.works,
)


def add_commands(app: Flask) -> None:
    """Every command of the product, beside those of Flask and its extensions."""
    ledger.ledger.add_command(undoing.undo)
    users.users.add_command(people.import_people)
    for command in COMMANDS:
        app.cli.add_command(command)
