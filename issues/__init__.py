"""The domain: tickets, their colour, their life, and what is printed and shown of them."""
