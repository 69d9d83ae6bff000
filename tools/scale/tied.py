"""`python -m tools.scale.tied USER FOLDER COMMAND…`: become COMMAND, which ends with its parent.

USER is the account to run it as, or empty; FOLDER is where it stands. Where the system
can (Linux), it is sent SIGTERM as soon as the process that began it is gone, however that went;
elsewhere it has to be ended by hand.
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    user, folder, *command = sys.argv[1:]
    os.chdir(folder)
    if user:
        account = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
    if sys.platform == "linux":  # a change of account would undo it, so it comes after
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execv(command[0], command)  # noqa: S606 - our own words


if __name__ == "__main__":
    main()
