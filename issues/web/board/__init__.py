"""The board, its wall and its map."""
