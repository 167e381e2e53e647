"""How the whole grows with the number of documents: `make bench`."""
