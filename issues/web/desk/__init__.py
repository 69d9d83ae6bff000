"""The drafting desk on pages: the real page, its paragraphs, versions, annexes."""
