"""A ticket's colour as it is stored: its facts read from rows, the rules in force, thresholds."""
