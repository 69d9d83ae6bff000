"""What a problem is like: beside its ticket, at entry, elsewhere; and what nobody has checked."""
