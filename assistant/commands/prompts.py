"""`reflect prompts`: holds the questions people wrote to what makes them good."""

from __future__ import annotations

import click

from assistant.conversation.prompt_check import check_prompts
from assistant.conversation.prompts import load_prompts
from assistant.errors import DataFileError
from assistant.library.shelf import open_library
from assistant.resources import data_dir
from assistant.retrieval.lexicon import open_lexicon


@click.group()
def prompts() -> None:
    """The questions, journeys and cards."""


@prompts.command()
def check() -> None:
    """Say, with file and line, where a question breaks the rules its writers agreed."""
    home = data_dir()
    read = load_prompts(home)
    concepts = frozenset(concept.id for concept in open_lexicon(home))
    reviews = {review.id: review.text for review in open_library(home).reviews.values()}
    problems = check_prompts(home, concepts, reviews)
    if problems:
        raise DataFileError(problems)
    click.echo(f"{len(read.themes)} themes and {len(read.journeys)} journeys: nothing to mend.")
