"""The faces a document is drawn with: which file serves which role, which draws a glyph."""
