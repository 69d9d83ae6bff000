"""Heads and tails of joint papers, papers upward and minutes; the sheet of a draft."""
