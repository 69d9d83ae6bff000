"""One file a job: find() and do()."""
