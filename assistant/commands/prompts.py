"""`reflect prompts`: holds the questions people wrote to what makes them good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from assistant.conversation.prompt_check import check_prompts
from assistant.conversation.prompts import load_prompts
from assistant.errors import DataFileError
from assistant.library.library import open_library
from assistant.noticing.danger_finder import open_danger_finder
from assistant.noticing.identifiers import open_finder
from assistant.noticing.noticer import open_noticer
from assistant.noticing.plan_words import read_plan_words
from assistant.noticing.reader import open_reader
from assistant.resources import data_dir
from assistant.retrieval.lexicon import open_lexicon
from assistant.store.retention import read_retention

BESIDE_QUESTIONS: tuple[Callable[[Path], object], ...] = (
    open_noticer,
    open_reader,
    open_danger_finder,
    open_finder,
    read_plan_words,
    read_retention,
)
"""What reads the files of `prompts/` that hold no questions; each raises every mistake in its own."""


@click.group()
def prompts() -> None:
    """The questions, journeys and cards."""


@prompts.command()
def check() -> None:
    """Say, with file and line, what is wrong in any file of prompts, and where a question breaks its writers' rules."""
    home = data_dir()
    read = load_prompts(home)
    concepts = frozenset(concept.id for concept in open_lexicon(home))
    reviews = {review.id: review.text for review in open_library(home).reviews.values()}
    problems = check_prompts(home, concepts, reviews)
    for read_file in BESIDE_QUESTIONS:
        try:
            read_file(home)
        except DataFileError as error:
            problems += error.problems
    if problems:
        raise DataFileError(problems)
    click.echo(f"{len(read.themes)} themes and {len(read.journeys)} journeys: nothing to mend.")
