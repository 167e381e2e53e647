"""The trainer of the shipped Swedish parser; nothing at run time needs it."""
