"""The ledger as each reader wants it: profiles as data, and a profile's lines as a file."""
