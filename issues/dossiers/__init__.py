"""一题一档: everything of one ticket as one PDF, in one archive that can be checked offline."""
