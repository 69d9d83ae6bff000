"""How a paper came about: opinions on its draft, its sheet, its minutes."""
