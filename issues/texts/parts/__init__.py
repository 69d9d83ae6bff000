"""What a text says in other shapes than labelled lines: heads of tables, forms, 同上, places."""
