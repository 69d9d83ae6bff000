"""The board of a day, its weeks, its changes, its map."""
