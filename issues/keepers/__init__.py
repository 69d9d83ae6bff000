"""包保: who keeps which place or ticket, and which of them a ticket inherits by its place."""
