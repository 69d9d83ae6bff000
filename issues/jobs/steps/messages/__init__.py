"""Steps that tell persons and other systems."""
