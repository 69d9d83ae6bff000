"""What readings say of a ticket: which required ones are missing or outside their limit.

Two readings of one rule (issues/rules/targets/effect.py): `lacking` names what one ticket lacks,
`conditions` finds the tickets in SQL. A test holds them against each other.
"""
