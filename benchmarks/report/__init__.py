"""How fast the report opens and filters."""
