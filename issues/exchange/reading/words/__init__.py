"""The words that ledgers use: of units and their roles, of types and outcomes as published."""
