"""Official documents: what a notice says, and the GB/T 9704-2012 page it is drawn on."""
