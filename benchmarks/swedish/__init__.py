"""Measures of the Swedish room: the parser, the registers and the finders."""
