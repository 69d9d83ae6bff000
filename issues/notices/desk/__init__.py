"""The drafting desk: a draft edited paragraph by paragraph, upon what the record says."""
