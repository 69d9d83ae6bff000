"""How a paper passes between people: opinions on its draft, receipts, what a meeting leaves."""
