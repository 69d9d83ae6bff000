"""What the processes of test_killed.py run: a backup and a restore that are killed within."""

import os
import signal

from killed_at import Steps

from app import create_app
from config import ROOT
from issues.backups import course, daily, putting_back

MIGRATIONS = str(ROOT / "migrations")


def take(tells, config, folder, last):
    """Today's backup; killed as it touches `folder` for the `last` time, or at none where 0.

    Tells how often it touched it.
    """
    app, steps = create_app(config), Steps(last)
    with app.app_context():
        steps.of_touches(folder)
        daily.take(folder, 1, app.extensions["evidence"], lambda _words: None)
    tells.send(steps.taken)


def put_back(tells, config, folder, stage, files):
    """Killed as it has so many files, or tables, of the stage."""
    app = create_app(config)

    def hear(step):
        if (step.stage, step.files) == (stage, files):
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context(), course.listening(hear):
        putting_back.put_back(folder, app.extensions["evidence"], MIGRATIONS, lambda _words: None)
    tells.send("whole")
