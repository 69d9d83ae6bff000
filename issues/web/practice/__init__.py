"""The practice city: the way to it and its reset in the real city, its door and marks inside."""
