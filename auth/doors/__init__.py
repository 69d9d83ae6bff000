"""Other systems that say who somebody is. Nothing is asked of any unless it is set."""
