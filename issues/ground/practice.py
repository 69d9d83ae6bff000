"""Whether this process is a practice city, and the words by which all it gives out says so.

Told once, as the application is made. It stands below every room: sheets, workbooks and names of
files are marked where they are made, so that no room can forget it.
"""

WORD = "练习"
NAME = "练习城市"
NOTE = "练习，数据不作数"


class _Told:
    is_one = False


def set_apart(*, is_practice: bool) -> None:
    """Tell whether this process is a practice city."""
    _Told.is_one = is_practice


def is_practice() -> bool:
    return _Told.is_one


def named(name: str) -> str:
    """The name of a file that leaves: of a practice city it begins with the word."""
    return f"{WORD}-{name}" if _Told.is_one else name
