"""A process that kills itself at one step of what it does: at a statement, a commit, a file."""

import json
import os
import signal
import sys

from sqlalchemy import event

from extensions import db

WRITING = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")
TOUCHES = frozenset(
    "open os.mkdir os.rename os.link os.remove os.rmdir os.chmod os.truncate".split()  # noqa: SIM905
)


class Steps:
    """Counts what is done; at the `last` the process is killed, at none where that is 0."""

    def __init__(self, last):
        self.last, self.taken = last, 0

    def one(self, *_given):
        self.taken += 1
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def of_statements(self, engine):
        """Each writing statement once it is done; each commit before it is."""

        @event.listens_for(engine, "after_cursor_execute")
        def count(_connection, _cursor, statement, *_rest):
            if statement.lstrip().startswith(WRITING):
                self.one()

        event.listen(engine, "commit", self.one)

    def of_touches(self, folder):
        """Each time anything within the folder is opened, made, renamed or removed."""

        def count(name, given):
            if name in TOUCHES and str(folder) in str(given[0]):
                self.one()

        sys.addaudithook(count)


def forked(act):
    """What `act()` answers in a fork of this process; None where it was killed at its work.

    It has the application as it stands, and connections of its own.
    """
    db.session.remove()
    hears, tells = os.pipe()
    child = os.fork()
    if not child:
        _run(act, tells)
    os.close(tells)
    with os.fdopen(hears, "rb") as pipe:
        said = pipe.read()
    _, ended = os.waitpid(child, 0)
    if os.WIFSIGNALED(ended):
        return None
    assert os.waitstatus_to_exitcode(ended) == 0, said.decode()
    return json.loads(said)


def _run(act, tells):
    code, said = 1, ""
    try:
        db.engine.dispose(close=False)  # what is open belongs to the parent
        said, code = json.dumps(act()), 0
    except BaseException as fault:  # noqa: BLE001 - told to the parent
        said = repr(fault)
    finally:
        os.write(tells, said.encode()[:60_000])
        os._exit(code)
