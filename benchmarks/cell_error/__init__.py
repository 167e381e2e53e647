"""How often the cells of the table are wrong, for the intervals of statistics.csv."""
