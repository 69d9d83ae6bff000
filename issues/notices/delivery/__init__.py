"""How notices leave the house: channels outside, and all of a round in one file."""
