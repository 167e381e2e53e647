"""How compare grows with the number of requirements."""
