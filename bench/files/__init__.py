"""Evidence measured: taking in, looking up, examining, finding copies, killed on the way."""
