"""Units and people as workbooks: read, tried out, brought in whole or not at all."""
