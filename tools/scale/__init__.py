"""`make run-scale`: the product as several processes on PostgreSQL and S3, all on this machine."""
