"""The end of a session on one page, to be put right: what was decided, who does what, what is still open.

Only what was said, in the words it was said in. The headings are in `prompts/listening.yaml`. Knows nothing of records
or of any screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.events import Keeps
from assistant.conversation.filing import says_undecided, whole_sentences
from assistant.conversation.page_turns import page_turns
from assistant.conversation.put_right import (
    added_to_the_page,
    decision,
    decision_put_right,
    in_its_place,
    look_again,
    put_right_there,
)
from assistant.conversation.read_back import still_open
from assistant.conversation.situation import Situation
from assistant.conversation.state import State
from assistant.conversation.step_gaps import as_it_stands
from assistant.conversation.struck import KEPT, acted_standing, is_struck, strikes_in, struck
from assistant.language.dates import format_date
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.stems import stems
from assistant.library.points import reading_text
from assistant.noticing.reading import Step
from assistant.noticing.steps import SPEAKER

LONGEST_LIST = 2
_NEARLY_ALL = 0.8
"""Share of a sentence's telling words that the steps hold, from which on it decides nothing else."""
_SAYS_NOTHING = late(r"(?:\W|\b(?:ok(?:ay)?|right|yes|yeah|um|well|so|done)\b)*", re.IGNORECASE)
""" "Decided, ok." before what will be done."""
_DECIDED = late(r"\A\W*decided\s*[:,–-]\s*", re.IGNORECASE)
"""As some begin; the line says it already."""
_ONLY_WHY = late(r"\W*(?:because|cos|coz|so\s+that|since)\b", re.IGNORECASE)
""" "Ring them today. Because nobody knows him" says nothing without what it's the reason of."""
_THEMSELVES = late(
    r",?\s+(?:by\s+)?me\Z|\Ame\b\s*(?:[,:–-]\s*)?(?!\s*(?:to|and|obviously|the|then|for)\b)", re.IGNORECASE
)
""""Me", where it stands beside the step."""


def ending(situation: Situation) -> tuple[str, ...]:
    """The lines of the page; none when nobody was asked for a decision or steps."""
    asked = {turn.asked.keeps for turn in situation.state.turns if turn.settled}
    return tuple(_lines(situation, steps_of(situation.state))) if asked & {"decision", "action"} else ()


def the_page(situation: Situation) -> tuple[str, ...]:
    """The page as it's first put before them, with how to put it right where there are steps."""
    how = situation.knowledge.prompts.listening.ending.how
    lines = ending(situation)
    return (*lines, how) if lines and steps_of(situation.state) else lines


def page_so_far(situation: Situation) -> tuple[str, ...]:
    """The page for somebody who stops before they were asked for a decision or steps; none where nothing is on it."""
    lines, steps = the_page(situation), steps_of(situation.state)
    return lines or (tuple(_lines(situation, steps)) if steps else ())


def agreed(state: State) -> tuple[object, ...]:
    """What somebody can see on the page, and what was taken off it, but for the day they look again."""
    steps = ((step.text, step.who, step.by, step.by_words) for step in steps_of(state))
    off = tuple(sorted(struck(state)))
    instead = tuple(put_right_there(state, keeps) for keeps in KEPT)
    return decision(state), added_to_the_page(state), off, instead, acted_standing(state), *steps


def _lines(situation: Situation, steps: tuple[Step, ...]) -> Iterator[str]:
    words, state = situation.knowledge.prompts.listening.ending, situation.state
    for done in acted_standing(state):
        line = words.rung if not done.title else words.acted if done.words else words.acted_unsaid
        yield line.replace("{danger}", done.title.rstrip(".")).replace("{words}", done.words)
    if any(turn.asked.keeps == "decision" for turn in state.turns):
        decided = _DECIDED.sub("", decision(state))
        decided = _but_steps(state, steps, decided)
        decided = "" if _SAYS_NOTHING.fullmatch(decided) else decided
        yield words.decided.replace("{words}", decided) if decided else _undecided(situation, steps)
    if not steps:
        yield words.no_steps
    yield from step_lines(situation, steps)
    yield from _as_said(situation, "outcome", words.outcome)
    yield from _as_said(situation, "child-told", words.told_to_the_child)
    yield from _as_said(situation, "to-supervision", words.to_supervision)
    if waiting := _waiting(situation)[:LONGEST_LIST]:
        yield words.open.replace("{quotes}", "; ".join(f"“{one}”" for one in waiting))
    if changing := _kept(situation, "contingency"):
        yield words.change_our_mind.replace("{words}", changing)
    if added := added_to_the_page(state):
        yield words.added.replace("{words}", _one_after_another(added))
    for hit in state.useful_learning:
        yield words.useful.replace("{title}", hit.title).replace("{words}", reading_text(hit.text))
    if agreed := _next_date(state):
        yield words.next_date.replace("{words}", whole_sentences(agreed))
    elif days := [step.by for step in steps if step.by is not None and step.by > state.started.at.date()]:
        yield words.next_day.replace("{day}", format_date(min(days)))


def open_struck(situation: Situation) -> tuple[str, ...]:
    """What waits and was taken off the page."""
    state = situation.state
    if not any(True for turn in page_turns(state) for _ in strikes_in(turn)):
        return ()
    return tuple(words for words in still_open(situation) if is_struck(state, words))


def _but_steps(state: State, steps: Sequence[Step], decided: str) -> str:
    """What was decided without the sentences that stand among the steps, but with the one that a reason is given for;
    all of it where it was put right."""
    if decision_put_right(state) is not None:
        return decided
    planned = frozenset().union(*(stems(f"{step.text} {step.by_words}") for step in steps))
    said = [decided[slice(*span)] for span in spoken_sentences(decided)]
    left = [place for place, one in enumerate(said) if not _is_planned(one, planned)]
    deeds = {place - 1 for place in left if place and _ONLY_WHY.match(said[place])}
    return " ".join(one for place, one in enumerate(said) if place in left or place in deeds)


def _is_planned(sentence: str, planned: frozenset[str]) -> bool:
    telling = stems(sentence)
    return bool(telling) and len(telling & planned) >= _NEARLY_ALL * len(telling)


def _undecided(situation: Situation, steps: tuple[Step, ...]) -> str:
    """Steps decide something, unless it's said that nothing is, or what was decided is taken back."""
    words = situation.knowledge.prompts.listening.ending
    said = next(turn for turn in reversed(situation.state.turns) if turn.asked.keeps == "decision")
    nothing = not steps or says_undecided(said) or decision_put_right(situation.state) is not None
    return words.undecided if nothing else words.decided_in_steps


def step_lines(situation: Situation, steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps, numbered, each with who does it and by when."""
    words = situation.knowledge.prompts.listening.ending
    lines = []
    for number, step in enumerate(steps, start=1):
        may_have = as_it_stands(step, situation.state)
        who = owner(step, situation.sketch.job) or ("" if may_have.who else words.nobody_yet)
        day = format_date(step.by) if step.by else step.by_words or ("" if may_have.by else words.no_day_yet)
        line = words.step.replace("{number}", str(number)).replace("{step}", _bare(step))
        lines.append(line.replace("{who and day}", ", ".join(filter(None, (who, day)))).removesuffix(" ()"))
    return tuple(lines)


def _as_said(situation: Situation, keeps: Keeps, line: str) -> Iterator[str]:
    """What was said of it; where it was asked for and nothing was, that it wasn't."""
    words = situation.knowledge.prompts.listening.ending
    asked = any(turn.asked.keeps == keeps and turn.settled for turn in situation.state.turns)
    if said := _kept(situation, keeps):
        yield line.replace("{words}", said)
    elif asked:
        yield line.replace("“{words}”", words.not_said)


def _next_date(state: State) -> str:
    """The day the two of them named, the last time they did."""
    said = (look_again(turn) for turn in reversed(state.turns))
    return next((words for words in said if words), "")


def _kept(situation: Situation, keeps: Keeps) -> str:
    return whole_sentences(in_its_place(situation.state, keeps))


def _one_after_another(said: tuple[str, ...]) -> str:
    """Sentences in a row; a semicolon stands after one that was typed without its full stop."""
    return " ".join(words if words.endswith((".", "!", "?")) else f"{words};" for words in said).rstrip(";")


def _waiting(situation: Situation) -> list[str]:
    """Nothing that was to come off."""
    return [words for words in still_open(situation) if not is_struck(situation.state, words)]


def owner(step: Step, job: str) -> str:
    """Who does it, as the page says it: "Me (health visitor)", "The paediatrician"."""
    first, _, others = step.who.partition(" ")
    if first.casefold() not in SPEAKER:
        return step.who[:1].upper() + step.who[1:]
    return " ".join(part for part in (f"Me ({job})" if job else "Me", others) if part)


def _bare(step: Step) -> str:
    """What is done, without the "me" that stands beside it."""
    text = step.text.rstrip(".")
    if step.who.casefold() in SPEAKER and step.by_words:  # "Ask Josh. Me, by Thursday"
        text = re.sub(rf"[.;]\s+me\b\W*(?:(?:by|on)\s+)?{re.escape(step.by_words)}\W*\Z", "", text, flags=re.IGNORECASE)
    return _THEMSELVES.sub("", text) if step.who.casefold() in SPEAKER else text
