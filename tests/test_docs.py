"""The documents for users say what the program does: commands, options, settings, pictures."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli import _parser
from pipeline.failures import BUSY, DONE, MISSING_PROGRAM, OUR_ERROR, SOME_FAILED, WRONG_USAGE
from pipeline.params import Params, Settings

DOCS = Path(__file__).parents[1] / "docs"
COMMANDS = (DOCS / "commands.md").read_text("utf-8")
HANDBOOK = (DOCS / "handbok.md").read_text("utf-8")
BYTES_OF_A_PICTURE = 250_000


def find_commands() -> dict[str, argparse.ArgumentParser]:
    """Every command of the parser."""
    action = next(a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def find_section(name: str) -> str:
    """What commands.md says of one command."""
    found = re.search(rf"^## jamka {name}\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert found is not None, f"commands.md has no section 'jamka {name}'"
    return found[1]


def find_options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings and action.dest != "help"]


@pytest.mark.parametrize("name", sorted(find_commands()))
def test_every_option_is_described(name: str) -> None:
    said = find_section(name)
    for action in find_options(find_commands()[name]):
        flag = action.option_strings[0]
        # The settings of every command are described once, at the top.
        where = COMMANDS if flag == "--params" else said
        assert re.search(rf"`[^`\n]*{flag}\b[^`\n]*`", where), f"{name} {flag}"
        for choice in action.choices or ():
            assert choice in said, f"{name} {flag} {choice}"


@pytest.mark.parametrize("name", sorted(find_commands()))
def test_every_argument_is_named_and_has_an_example(name: str) -> None:
    parser, said = find_commands()[name], find_section(name)
    for action in parser._actions:
        if action.option_strings:
            continue
        for word in action.choices or (action.metavar,):
            assert str(word) in said, f"{name} {word}"
    assert f"$ jamka {name} " in said


@pytest.mark.parametrize("name", sorted(find_commands()))
def test_no_option_is_described_that_is_not_there(name: str) -> None:
    known = {flag for action in find_commands()[name]._actions for flag in action.option_strings}
    assert set(re.findall(r"(?<!-)--[a-z][a-z-]+", find_section(name))) <= known


def test_no_section_is_about_a_command_that_is_not_there() -> None:
    assert set(re.findall(r"^## jamka (\w+)$", COMMANDS, re.MULTILINE)) == set(find_commands())


def test_every_exit_status_is_explained() -> None:
    explained = {int(number) for number in re.findall(r"^\| (\d+) \| \w", COMMANDS, re.MULTILINE)}
    assert explained >= {DONE, SOME_FAILED, WRONG_USAGE, MISSING_PROGRAM, OUR_ERROR, BUSY}


def find_examples(text: str) -> list[str]:
    """Every whole command line in the code blocks of a document, without its prompt."""
    lines = re.findall(r"^ +(?:\$ )?(?:\.venv/bin/)?(jamka .*)$", text, re.MULTILINE)
    return [line for line in lines if not re.search(r"\.\.\.|…|[A-Z]{3,}", line)]


@pytest.mark.parametrize("line", [*find_examples(COMMANDS), *find_examples(HANDBOOK)])
def test_every_example_is_a_command_that_the_parser_takes(line: str) -> None:
    command, *words = shlex.split(line)[1:]
    assert _parser().parse_args([command, *words]).command == command
    # The parser takes an option cut short as well; a reader is to see it whole.
    known = {flag for action in find_options(find_commands()[command]) for flag in action.option_strings}
    assert {word for word in words if word.startswith("--")} <= known


def walk_settings(model: type[Settings], at: str = "") -> Iterator[tuple[str, object, str]]:
    """Every setting with its default and description."""
    for name, item in model.model_fields.items():
        full = f"{at}.{name}" if at else name
        if isinstance(item.default, Settings):
            yield from walk_settings(type(item.default), full)
        else:
            yield full, item.default, item.description or ""


def read_settings() -> dict[str, tuple[str, str]]:
    """The settings that settings.md lists, each with its default and meaning."""
    text = (DOCS / "settings.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| `([^`]*)` \|[^|]*\|[^|]*\| (.+) \|$", text, re.MULTILINE)
    return {name: (default, meaning) for name, default, meaning in rows}


def test_settings_md_lists_the_settings_and_no_others() -> None:
    assert list(read_settings()) == [name for name, _, _ in sorted_by_group()]


def sorted_by_group() -> list[tuple[str, object, str]]:
    """The settings in the order of the document: a group's own before those of the groups in it."""
    found = list(walk_settings(Params))
    groups = list(dict.fromkeys(name.split(".")[0] for name, _, _ in found))
    return sorted(found, key=lambda row: (groups.index(row[0].split(".")[0]), row[0].count(".")))


@pytest.mark.parametrize(("name", "default", "description"), list(walk_settings(Params)))
def test_settings_md_says_default_and_meaning(name: str, default: object, description: str) -> None:
    shown, meaning = read_settings()[name]
    expected = str(default).lower() if isinstance(default, bool) else str(default) or "(empty)"
    assert shown == expected
    assert description and meaning.startswith(description)


def test_every_picture_of_the_handbook_is_there_with_a_text_for_who_cannot_see_it() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\((images/[^)]+)\)", HANDBOOK)
    assert len(pictures) >= 5
    for said, path in pictures:
        assert len(said) > 15, path
        assert (DOCS / path).stat().st_size < BYTES_OF_A_PICTURE, path
    used = {Path(path).name for _, path in pictures}
    assert used == {path.name for path in (DOCS / "images").glob("handbok-*.png")}


@pytest.mark.parametrize("name", ["commands.md", "settings.md", "handbok.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)", text):
        assert (DOCS / target).exists(), target


def test_the_handbooks_contents_lead_to_its_chapters() -> None:
    headings = re.findall(r"^## (.+)$", HANDBOOK, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    targets = re.findall(r"\]\(#([^)]+)\)", HANDBOOK)
    assert set(targets) == anchors


def test_the_handbook_counts_the_questions_as_its_run_does() -> None:
    (asked,) = re.findall(r"\d+ av (\d+) frågor besvarade", HANDBOOK)
    assert f"räknas de {asked} där kommunen har ett gällande dokument" in HANDBOOK
    assert f"av {asked} frågor besvarade" in COMMANDS
