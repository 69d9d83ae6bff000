"""包保 as lists: the keepers, the places with theirs, and those of one ticket."""
