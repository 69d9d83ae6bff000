"""What came in before a rule of reading held: brought up to it once, row by row."""
