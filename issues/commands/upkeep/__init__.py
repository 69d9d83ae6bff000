"""Commands of whoever keeps the machine: copies of everything, and putting one back."""
