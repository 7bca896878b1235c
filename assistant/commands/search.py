"""`reflect search`: what published reviews have to say to somebody's words, or whose case is like one described."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.asked import asked
from assistant.commands.piped import piped_lines, within_reason
from assistant.errors import ReflectError
from assistant.library.point_names import AUDIENCE_NAMES, KIND_NAMES, for_whom
from assistant.resources import data_dir

if TYPE_CHECKING:  # NumPy, pydantic and NLTK cost 0.4 s; `reflect search --help` needs none of them
    from pathlib import Path

    from assistant.library.library import Library
    from assistant.retrieval.filter_choices import Filters
    from assistant.retrieval.ranking import Retriever
    from assistant.retrieval.results import Hit, SimilarCase

POLARITIES = {"gap": "tells of a gap", "strength": "tells of what went well"}


@click.command()
@click.argument("query", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="The most to show.")
@click.option("--review", "reviews", multiple=True, metavar="ID", help="Only this review. May be given again.")
@click.option("--publisher", "publishers", multiple=True, metavar="NAME", help="Only reviews this body published.")
@click.option(
    "--audience", "audiences", multiple=True, type=click.Choice(tuple(AUDIENCE_NAMES)), help="Only points for these."
)
@click.option("--theme", metavar="ID", help="Only points on this theme of reflection.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(tuple(KIND_NAMES)), help="Only points of this kind.")
@click.option("--since", type=int, metavar="YEAR", help="Only reviews published in this year or later.")
@click.option("--until", type=int, metavar="YEAR", help="Only reviews published in this year or earlier.")
@click.option(
    "--for", "audience_first", type=click.Choice(tuple(AUDIENCE_NAMES)), help="Points for these readers come higher."
)
@click.option("--about", metavar="SUBJECT", help="What you mean: one of the subjects that a search offers.")
@click.option("--case", "is_case", is_flag=True, help="QUERY describes a case: show the reviews whose case is like it.")
@click.option("--explain", is_flag=True, help="Show what each word, each concept and meaning added to the score.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for the query.")
def search(query: str | None, limit: int, *, is_case: bool, explain: bool, as_json: bool, **choices: Any) -> None:
    """Show what published reviews have learned that bears on QUERY, in your own words; without it, asks for them.

    With - for QUERY, reads one query a line and writes one JSON object a line.
    """
    home = data_dir()
    retriever, library = _open(home)
    audience_first, about = choices.pop("audience_first"), choices.pop("about")
    if about is not None:
        _check_subject(about, home)
    since, until = choices.pop("since"), choices.pop("until")
    years = (since or 0, until or 9999) if since or until else None
    filters = _filters(library, home, years=years, **choices)

    def answer(words: str) -> None:
        if is_case:
            cases = retriever.similar_cases(words, limit=limit)
            _print_cases(words, cases, explain=explain, as_json=as_json or query == "-")
            return
        result = retriever.search(words, limit=limit, filters=filters, audience_first=audience_first, about=about)
        if as_json or query == "-":
            click.echo(result.model_dump_json(exclude=None if explain else {"hits": {"__all__": {"why"}}}))
            return
        for name in result.absent:
            click.echo(f"Your library holds nothing on “{name}”.")
        if result.nothing_bears and not result.absent:
            click.echo("Nothing close in the reviews.")
        elif result.hits:
            click.echo("\n\n".join(_shown(number, hit, explain) for number, hit in enumerate(result.hits, 1)))
            if len(result.subjects) > 1 and about is None:
                offered = "; ".join(f"{one.name} (--about {one.id})" for one in result.subjects)
                click.echo(f"\nIf you mean one of these, say so: {offered}.")

    if query != "-":
        answer(within_reason(query) if query else asked("Your words"))
        return
    for line in piped_lines():
        answer(line)
        sys.stdout.flush()


def _open(home: Path) -> tuple[Retriever, Library]:
    from assistant.library.library import open_library
    from assistant.retrieval.open_search import open_search

    library = open_library(home)
    retriever = open_search(library, home, progress=report if sys.stderr.isatty() else None, at_once=True)
    if retriever.notice:
        click.echo(retriever.notice, err=True)
    return retriever, library


def report(what: str, done: int, total: int) -> None:
    """Say on the terminal how far something is."""
    click.echo(f"\r{what}: {done} of {total}", err=True, nl=done == total)


def _filters(
    library: Library,
    home: Path,
    *,
    reviews: tuple[str, ...],
    publishers: tuple[str, ...],
    audiences: tuple[Any, ...],
    kinds: tuple[Any, ...],
    theme: str | None,
    years: tuple[int, int] | None,
) -> Filters:
    from assistant.retrieval.filter_choices import Filters
    from assistant.yaml_files import closest

    for review in reviews:
        if review not in library.reviews:
            raise ReflectError(f"The library has no review '{review}'{closest(review, library.reviews)}.")
    published_by = {review.publisher for review in library.reviews.values()} if publishers else set()
    for publisher in publishers:
        if publisher not in published_by:
            raise ReflectError(f"No review in the library is by '{publisher}'{closest(publisher, published_by)}.")
    return Filters(
        reviews=frozenset(reviews),
        publishers=frozenset(publishers),
        audiences=frozenset(audiences),
        kinds=frozenset(kinds),
        concepts=_concepts(theme, home) if theme else frozenset(),
        years=years,
    )


def _check_subject(about: str, home: Path) -> None:
    from assistant.retrieval.lexicon import open_lexicon
    from assistant.yaml_files import closest

    known = {concept.id for concept in open_lexicon(home)}
    if about not in known:
        raise ReflectError(f"There is no subject '{about}'{closest(about, known) or '.'}")


def _concepts(theme: str, home: Path) -> frozenset[str]:
    from assistant.conversation.prompts import load_prompts
    from assistant.yaml_files import closest

    themes = load_prompts(home).themes
    if theme not in themes:
        raise ReflectError(f"There is no theme '{theme}'{closest(theme, themes)}.")
    return frozenset(themes[theme].concepts)


def _shown(number: int, hit: Hit, explain: bool) -> str:
    from assistant.library.points import lines_in_words, reading_text

    place = [
        hit.title,
        hit.publisher,
        hit.published or "",
        f"“{hit.section}”" if hit.section else "",
        lines_in_words(hit.lines),
        for_whom(hit.audience),
        POLARITIES.get(hit.polarity or "", ""),
    ]
    lines = [f"{number}. {reading_text(hit.text)}", f"   {', '.join(part for part in place if part)}"]
    reasons = [f"your words: {', '.join(hit.matched)}"] if hit.matched else []
    reasons += [f"about: {', '.join(hit.concepts)}"] if hit.concepts else []
    reasons += ["similar meaning"] if hit.why and any(share.by == "meaning" for share in hit.why.shares) else []
    lines.append(f"   Why: {'; '.join(reasons)}.{' Possibly relevant.' if hit.weak else ''}")
    if hit.also_in:
        lines.append(f"   Also in: {', '.join(hit.also_in)}")
    if explain and hit.why:
        lines += [f"   {share.score:+7.2f}  {share.by:8}{share.name}".rstrip() for share in hit.why.shares]
        lines.append(f"   {hit.score:7.2f}  in all, times {hit.why.factor:.2f} for a {hit.kind} {hit.audience}")
    return "\n".join(lines)


def _print_cases(words: str, cases: tuple[SimilarCase, ...], *, explain: bool, as_json: bool) -> None:
    from assistant.library.points import reading_text

    if as_json:
        from pydantic_core import to_json

        without = None if explain else {"facts": {"__all__": {"why"}}}
        found = [case.model_dump(exclude=without) for case in cases]
        click.echo(to_json({"query": words, "nothing_bears": not cases, "cases": found}))
    elif not cases:
        click.echo("No review in the library describes a case like this.")
    for number, case in enumerate(() if as_json else cases, 1):
        source = ", ".join(part for part in (case.title, case.publisher, case.published) if part)
        click.echo(f"{number}. {source} ({case.review})")
        for fact in case.facts:
            click.echo(f"   - {reading_text(fact.text)}")
