"""What every query stands on: names of units, a day's columns, kept figures."""
