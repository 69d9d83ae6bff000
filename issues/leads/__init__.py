"""Leads: taken in once, then made a ticket, tied to one, or dismissed by a person. None is removed.

No act of a ticket's life stands here, and no page.
"""
