"""A ledger that comes in again: what it says otherwise than the register, and taking that over."""
