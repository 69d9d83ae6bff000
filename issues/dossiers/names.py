"""What a file is called in a dossier, on whatever machine it is unpacked.

A name on ext4 (Kylin, UOS) holds 255 bytes, which are 85 Chinese characters. A longer one is cut
before its ending; the manifest keeps it whole.
"""

import re
from itertools import count

MOST_BYTES = 255
LONGEST_ENDING = 16
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


class Names:
    """Gives each file of one archive a name of its own, whether or not letters' case counts."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, folder: str, name: str, head: str = "") -> str:
        """The path in the folder for `name` behind `head`, which is never cut."""
        for number in count(1):
            again = f"-{number}" if number > 1 else ""
            path = "/".join(filter(None, (folder, fitted(name, head, again))))
            if path.casefold() not in self._taken:
                break
        self._taken.add(path.casefold())
        return path


def fitted(name: str, head: str = "", tail: str = "") -> str:
    """`head`, as much of the name as there is room for, `tail`, and the name's ending."""
    clean = _UNFIT.sub("_", name)
    stem, dot, last = clean.rpartition(".")
    if not stem or len(f"{dot}{last}".encode()) > LONGEST_ENDING:
        stem, dot, last = clean, "", ""
    room = MOST_BYTES - len(f"{head}{tail}{dot}{last}".encode())
    kept = stem.encode()[: max(room, 0)].decode(errors="ignore")
    return f"{head}{kept}{tail}{dot}{last}".rstrip(" .") or "_"
