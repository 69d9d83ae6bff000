"""Files, flags and readings as pages show them."""
