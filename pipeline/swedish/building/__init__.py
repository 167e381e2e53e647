"""Building the language resources of repair from source texts: run by hand, never during a run."""
