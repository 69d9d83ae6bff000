"""What everything stands on: the clock, column types, refusals, statements over many rows."""
