"""The Swedish language: parsing, words, calendar, municipalities, roles and laws, as the stages use them."""
