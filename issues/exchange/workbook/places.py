"""Where a cell stands, and by whose name a comment there is ours."""

Place = tuple[int, int]
"""Row and column, from 1."""
COMMENTER = "导入检查"
"""The author of comments in a marked copy."""


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
