"""The places of a city: chosen from the national table, changed one by one, read from a sheet."""
