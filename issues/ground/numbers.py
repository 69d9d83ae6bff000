"""Whole numbers from outside, as plain digits: of an address, a form, a call, a file."""

LARGEST_ID = 2**31 - 1
"""The largest key a row can have, on either database."""

SHORT = 10
"""Fewer digits than this are converted at once: a sheet has a hundred thousand such numbers."""


def is_digits(text: str) -> bool:
    """Nothing but plain ASCII digits, however many."""
    return text.isascii() and text.isdigit()


def whole(text: str, least: int, most: int) -> int | None:
    """The number that plain ASCII digits say, where it lies from `least` to `most`; else None.

    A sign is read only where `least` is negative. The length is judged before anything is
    converted, so that a text of any length costs nothing.
    """
    if len(text) < SHORT and is_digits(text):
        return number if least <= (number := int(text)) <= most else None
    digits = text[1:] if least < 0 and text.startswith("-") else text
    longest = max(len(str(abs(least))), len(str(abs(most))))
    if not (is_digits(digits) and len(digits.lstrip("0") or "0") <= longest):
        return None
    number = int(text[: len(text) - len(digits)] + (digits.lstrip("0") or "0"))
    return number if least <= number <= most else None
