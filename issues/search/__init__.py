"""Finding tickets by words: what is searched, for whom, where it was found."""
