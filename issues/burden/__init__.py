"""基层减负: what forms ask of units that the register knew already."""
