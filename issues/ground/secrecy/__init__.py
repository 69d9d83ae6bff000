"""What few may read: seals, algorithms, marks of secrecy, persons, files of the owner alone."""
