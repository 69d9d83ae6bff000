"""What the processes of one machine count together: requests, queues, connections."""
