"""Who leaves hands over, accounts are disabled together, units are merged and split."""
