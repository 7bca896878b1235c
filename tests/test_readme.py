from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import cli
from assistant.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "corpus/README.md")] + DOCS
LONGEST_NAME = 3
"""Words of a made-up name or a title: what is longer was said of somebody."""
EXAMPLES = sorted(
    {
        example
        for page in PAGES
        for example in re.findall(
            r"^(?:\.venv/bin/)?reflect (?!serve\b)(.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
    }
)


def test_the_first_screenful_says_what_this_is_for_whom_and_the_two_commands():
    first = README.splitlines()[:24]
    assert any("people who protect children" in line for line in first)
    assert any(line.startswith("make run") for line in first)
    assert any(line.startswith("make test") for line in first)
    assert any(line.startswith("![") for line in first)
    assert len(README.split()) <= 450


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_in_our_pages_runs(reflect, example):
    words = [word for word in shlex.split(example, comments=True) if word != "|"]
    done = reflect(*words, typed="words\nfinish\n")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_example_has_words_of_a_case_where_a_shell_keeps_them(page):
    examples = re.findall(r"(?:^\s*|`)(reflect [^`\n]+)", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    said = [quoted for one in examples for quoted in re.findall(r"\"([^\"]+)\"|'([^']+)'", one)]
    assert [words for words in map("".join, said) if len(words.split()) > LONGEST_NAME] == []


def test_every_command_has_help():
    for name in COMMANDS:
        done = CliRunner().invoke(cli.reflect, [name, "--help"])
        assert done.exit_code == 0
        assert len(done.output.splitlines()) > 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_our_pages_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert page.parent.joinpath(target).exists(), f"{page}: {target}"


def test_every_command_is_in_the_reference():
    reference = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`reflect {name}" not in reference] == []
