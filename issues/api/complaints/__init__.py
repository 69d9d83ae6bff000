"""Letters handed over during an inspection: their figures and the table for the public."""
