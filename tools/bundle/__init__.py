"""Everything an offline machine of the same platform needs, in one archive that installs itself."""
