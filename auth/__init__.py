"""People, units, rights and sign-in. Knows nothing of tickets."""
