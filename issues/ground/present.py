"""What must be there by the time it is read, though its column may be empty before."""

from typing import TypeVar

Value = TypeVar("Value")


def present(value: Value | None, what: str) -> Value:
    """The value. Raises LookupError: where it is missing we are at fault, not the person."""
    if value is None:
        raise LookupError(f"{what} is missing")
    return value
