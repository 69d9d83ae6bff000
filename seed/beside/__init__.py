"""What the example city holds beside its tickets and their walks."""
