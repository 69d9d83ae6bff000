"""What administrators read: accounts, the history, what runs, short lists."""
