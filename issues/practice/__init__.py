"""The practice city: the example beside the real city, in a process and a folder of its own."""
