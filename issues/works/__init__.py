"""Long work: what a person asked for and a worker does outside the request, told as it goes on."""
