"""Wrong usage of a command, told as all else is: in Swedish, then in English."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

_SAID = (
    (r"the following arguments are required: (.+)", "Det saknas något på raden: {0}."),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{1} går inte att välja för {0}. Välj bland {2}."),
    (r"unrecognized arguments: (.+)", "Det här förstås inte: {0}."),
    (r"argument (.+?): expected (?:one|at least one) argument", "Efter {0} ska det stå något."),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} ska stå ensamt, utan {1}."),
    (r"ambiguous option: (.+?) could match (.+)", "{0} kan betyda {1}. Skriv hela ordet."),
)
"""What argparse says of a line that it can't read, and the same in Swedish."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are told in both languages; what our own types say has both in it already."""

    def error(self, message: str) -> NoReturn:
        """Tell how the command is written and what is wrong with the line, and end with status 2."""
        said = in_swedish(message)
        self.print_usage(sys.stderr)
        told = f"{said}\n{self.prog}: error: {message}\n" if said else f"{self.prog}: error: {message}\n"
        self.exit(2, told)


def in_swedish(message: str) -> str:
    """What argparse says, in Swedish; empty where it has no words of ours."""
    for pattern, said in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return said.format(*found.groups())
    return ""
