"""A sheet understood: which ledger it is, and what each row says of a ticket and its measures."""
