"""What each act changes on a ticket; perform() alone calls it."""
