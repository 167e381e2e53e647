"""The handbook's pictures, made of the real programs."""
