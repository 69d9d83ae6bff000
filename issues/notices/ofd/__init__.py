"""A document as OFD (GB/T 33190-2016), put down from the same marks as its PDF."""
