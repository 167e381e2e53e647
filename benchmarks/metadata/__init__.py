"""How well a document's metadata are read, on heads and ends of documents written for it."""
