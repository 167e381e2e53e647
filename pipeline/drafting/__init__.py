"""The drafting room."""
