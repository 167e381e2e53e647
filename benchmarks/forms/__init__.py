"""What the form of a document costs: the same contents as real files and as plain text."""
