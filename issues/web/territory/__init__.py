"""The pages of the places of the city: the tree, choosing the city, reading places from a sheet."""
