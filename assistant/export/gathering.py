"""One session, gathered for a document: which words go where.

What is the worker's own stands in `personal` and nowhere else, a card only where something was real, a question only
where it was answered. The private note is not in it; single lines of it come only when somebody chose them. What was
talked about is `talked_about.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.conversation.events import Beside, Keeps, Started
from assistant.conversation.page_turns import page_turns
from assistant.conversation.prompts import Prompts
from assistant.conversation.put_right import adds_something, look_again, put_right_there
from assistant.conversation.state import State, Turn
from assistant.conversation.struck import KEPT as KEPT_THERE
from assistant.conversation.struck import acted_standing, without_struck
from assistant.conversation.voices import NAMES
from assistant.export.danger_met import (
    cards_met,
    denials,
    of_the_case,
    said_beside,
    said_of_themselves,
    titles_of_danger,
    without_denials,
)
from assistant.export.family import Family, family
from assistant.export.family_before import with_earlier
from assistant.export.family_told import as_told
from assistant.export.handover import OF_A_CASE, Handover, History, Part, Point, Quotation, Said, Wanted
from assistant.export.last_answers import day_to_come, when_again
from assistant.export.only_here import without_what_is_only_here
from assistant.export.talked_about import (
    KEPT_AS,
    as_filed,
    by_theme,
    fills_no_step,
    in_brief,
    in_parts,
    put_right_in,
    why,
    with_danger,
)
from assistant.export.weighed import gives_a_reason, said_against, said_of_risk
from assistant.followup.actions import Action
from assistant.followup.chronology import entries_of, rows
from assistant.followup.corrected import Corrections, corrections
from assistant.followup.escalations import Escalation
from assistant.followup.genogram import members_of
from assistant.followup.over_time import Moved, PointReviewed, points_reviewed
from assistant.followup.personal import asked_in_case, parted
from assistant.language.paragraphs import sentences_in
from assistant.library.points import lines_in_words, reading_text
from assistant.noticing.reading import PLANNING
from assistant.retrieval.results import Hit

STAGES = {
    "opening": "",
    "experience": "What happened",
    "reflection": "What it was like",
    "analysis": "What it may mean",
    "action": "What to do",
    "closing": "",
}

_UNDER_ITS_HEADING = frozenset({"ending-page/decision", "ending-page/child-told"})
"""Written on the page at the end, under a heading that the document has too: asking it again would say it twice."""

_INSTEAD = re.compile(
    r"\bto be told\b[\"”]?\s*(?:is|was|['’]s) wrong\W+(?:it(?:['’]s| is)|should (?:be|say))"
    r"\W+(?P<words>[^.?!\n]+[.!]?)",
    re.IGNORECASE,
)
_ASKS_WHY = re.compile(r"\b(?:what tips it|and why|what holds you back)\b", re.IGNORECASE)
Answered = Sequence[tuple[Turn, Said]]
"""What was asked and settled, with the words of it that belong here."""


def handover(
    state: State,
    prompts: Prompts,
    *,
    actions: Sequence[Action] = (),
    escalation: Escalation | None = None,
    moved: Iterable[Moved] = (),
    titles: dict[str, str] | None = None,
    wanted: Wanted | None = None,
    history: History | None = None,
) -> Handover:
    """Gather one session; its history is that of the session alone where no other is given."""
    wanted, history = wanted or Wanted(), history or History((state,))
    started = state.started
    apart = started.role in OF_A_CASE
    sketched = _sketched(state, history)
    whole = _settled(state)
    of_case = list(_of_the_case(whole, denials(state))) if apart else whole
    put_right = corrections(state)
    (next_time, beside_it), instead = _next_time(state, of_case), _put_right_on_the_page(state)
    gathered = Handover(
        case=started.case,
        journey=_journey(started, prompts),
        about=_about(started.subject, prompts, titles or {}),
        held=started.at,
        minutes=state.minutes,
        session=started.session,
        role=started.role,
        supervisor=started.supervisor,
        worker=started.worker or sketched.job,
        finished=state.finished is not None,
        parts=tuple(in_parts(of_case, prompts)),
        family=sketched,
        discussed=_discussed(state, in_brief(of_case, state.minutes, put_right, instead), prompts),
        put_right=(*put_right_in(of_case), *beside_it),
        of_gaps=tuple(said.answer for turn, said in of_case if said.answer and fills_no_step(turn)),
        actions=tuple(action for action in actions if action.session == started.session),
        followed_up=_carried(actions, started),
        escalation=escalation,
        cards=cards_met(state),
        learning=_learning(whole),
        points=tuple(_point(point, moved) for point in points_reviewed(state)),
        themes=_themes(whole, prompts),
        next_time=next_time,
        next_day=day_to_come(next_time, started.at.date()),
        note_lines=_chosen_lines(state, wanted),
        appendix=wanted.appendix,
        _kept=_kept(state, whole, of_case, put_right, instead),
    )
    return _with_the_case(gathered, state, whole, history) if apart else gathered


def _discussed(state: State, talked: Answered, prompts: Prompts) -> tuple[Part, ...]:
    """What was talked about, by theme, with what else was said where danger was asked about."""
    return tuple(with_danger(by_theme(in_parts(talked, prompts)), said_beside(state), titles_of_danger(state)))


def _with_the_case(gathered: Handover, state: State, whole: Answered, history: History) -> Handover:
    """The same with what only a session about a case has."""
    told = [said.answer for turn, said in _of_the_case(whole, denials(state)) if turn.asked.keeps not in PLANNING]
    return replace(
        gathered,
        acted=acted_standing(state),
        of_risk=said_of_risk([*told, *of_the_case(state)]),
        against=said_against(told),
        chronology=rows(entries_of(history.states, history.entries)),
        family_tree=members_of(history.states, history.members),
        personal=(
            *_of_the_worker(whole),
            *(Said("When danger was asked about", words) for words in said_of_themselves(state)),
        ),
    )


def _journey(started: Started, prompts: Prompts) -> str:
    journey = prompts.journeys.get(started.journey)
    return journey.name if journey else started.journey


def _sketched(state: State, history: History) -> Family:
    """The family as this session and the case's earlier ones have it."""
    earlier = [one for one in reversed(history.states) if one.started.at < state.started.at]
    return with_earlier(as_told(family(state), state), [as_told(family(one), one) for one in earlier])


def _settled(state: State) -> list[tuple[Turn, Said]]:
    useful = {hit for hit, mark in state.marks if mark == "useful"}
    return [(turn, _said(turn, useful, turn.answer or "")) for turn in state.turns if turn.settled]


def _carried(actions: Iterable[Action], started: Started) -> tuple[Action, ...]:
    """Of a case's actions those that the session was begun with."""
    carried = {action.id for action in started.carried}
    return tuple(action for action in actions if action.id in carried)


def _put_right_on_the_page(state: State) -> dict[Keeps, str]:
    there = {keeps: put_right_there(state, keeps) for keeps in KEPT_THERE}
    if there.get("child-told") is None and (told := _told_instead(state)):
        there["child-told"] = told
    return {
        keeps: without_struck(state, words) or _told_instead(state) if keeps == "child-told" else words
        for keeps, words in there.items()
        if words is not None
    }


def _told_instead(state: State) -> str:
    """ "“To be told” is wrong, it is: …": what was put in the place of what was taken off."""
    found = (_INSTEAD.search(turn.answer or "") for turn in page_turns(state))
    return next((one["words"].strip() for one in reversed(list(found)) if one), "")


def _kept(
    state: State, whole: Answered, of_case: Answered, put_right: Corrections, instead: Mapping[Keeps, str]
) -> dict[Keeps, tuple[Said, ...]]:
    """Each answer that has a place of its own, by what it is kept as."""
    kept: dict[Keeps, tuple[Said, ...]] = {}
    taken_away = [(turn, said) for turn, said in whole if turn.asked.keeps == "take-away"]
    for turn, said in [*of_case, *taken_away] if of_case is not whole else whole:
        keeps = turn.asked.keeps or KEPT_AS.get(turn.asked.question)
        of_it = without_what_is_only_here(turn, as_filed(turn, said).answer)
        words = put_right.marked(without_struck(state, of_it))
        if keeps and words:
            kept[keeps] = (*kept.get(keeps, ()), replace(said, answer=words))
    for keeps, there in instead.items():
        reasons = [one for said in kept.get(keeps, ()) if (one := why(said)).answer] if keeps == "decision" else []
        kept[keeps] = (Said("", put_right.marked(there)), *reasons) if there else ()
    return _with_a_reason(kept, of_case)


def _with_a_reason(kept: dict[Keeps, tuple[Said, ...]], of_case: Answered) -> dict[Keeps, tuple[Said, ...]]:
    """A decision without its reason, with what was said of that wherever else it was asked for."""
    decided = kept.get("decision", ())
    if decided and not any(gives_a_reason(said.answer) for said in decided):
        asked = (
            why(said) for turn, said in of_case if turn.asked.keeps == "decision" or _ASKS_WHY.search(said.question)
        )
        kept["decision"] = (*decided, *[one for one in asked if one.answer][:1])
    return kept


def _next_time(state: State, of_case: Answered) -> tuple[str, list[Said]]:
    """When they meet again, and what else was said with it."""
    asked_when = [words for turn, said in of_case if said.answer and (words := look_again(turn))]
    when, else_said = when_again(asked_when[-1:], state.started.at.date())
    beside = "" if else_said.casefold().startswith("if ") else else_said  # it stands with the actions
    return when, [Said("", beside)] if adds_something(beside) else []


def _learning(whole: Answered) -> tuple[Quotation, ...]:
    """What was shown, each once, and what was found useful first."""
    quotations = {quoted.text: quoted for _, said in whole for quoted in said.learning}
    return tuple(sorted(quotations.values(), key=lambda quoted: not quoted.useful))


def _themes(whole: Answered, prompts: Prompts) -> tuple[str, ...]:
    asked = (turn.asked.theme for turn, said in whole if said.answer)
    return tuple(dict.fromkeys(prompts.themes[theme].name for theme in asked if theme in prompts.themes))


def _chosen_lines(state: State, wanted: Wanted) -> tuple[str, ...]:
    note = private_lines(state)
    return tuple(note[number - 1] for number in wanted.note_lines if 0 < number <= len(note))


def _of_the_case(whole: Answered, denied: str) -> Iterator[tuple[Turn, Said]]:
    personal = "\n".join(parted(turn).personal for turn, _ in whole)
    for turn, said in whole:
        words = without_denials(parted(turn).case, denied)
        if words or not said.answer:
            yield turn, replace(said, question=asked_in_case(said.question, personal), answer=_told_by(words, turn))


def _of_the_worker(whole: Iterable[tuple[Turn, Said]]) -> Iterator[Said]:
    for turn, said in whole:
        if words := without_what_is_only_here(turn, parted(turn).personal):
            yield Said(said.question, _told_by(words, turn))


def _told_by(words: str, turn: Turn) -> str:
    """The words with who said them, where that was told apart; they are some of the whole sentences of the answer."""
    if not turn.voices:
        return words
    told = tuple(zip((turn.answer or "").split("\n"), turn.voices, strict=False))
    named = list[str]()
    for line in words.split("\n"):
        first = next((line[start:end] for start, end in sentences_in(line)), "")
        voice = next((voice for whole, voice in told if first and first in whole), None)
        named.append(f"{NAMES[voice]}: {line}" if voice else line)
    return "\n".join(named)


def private_lines(state: State) -> tuple[str, ...]:
    """The lines of the private note, for somebody to choose from."""
    return tuple(line for line in state.note.splitlines() if line.strip())


def _said(turn: Turn, useful: set[str], answer: str) -> Said:
    hits = turn.offered.hits if turn.offered else ()
    return Said(
        question="" if turn.asked.question in _UNDER_ITS_HEADING else turn.asked.text,
        answer=answer,
        stage=STAGES.get(turn.asked.stage, ""),
        beside=tuple(Quotation(reading_text(shown.text), _source(shown)) for shown in turn.asked.beside),
        learning=tuple(Quotation(reading_text(hit.text), _source(hit), hit.id in useful) for hit in hits),
        nothing_bears=turn.offered is not None and turn.offered.looked and not hits,
    )


def _source(quoted: Beside | Hit) -> str:
    year = f", {quoted.published}" if quoted.published else ""
    return f"{quoted.title}, {quoted.publisher}{year}; “{quoted.section}”, {lines_in_words(quoted.lines)}"


def _about(subject: str | None, prompts: Prompts, titles: dict[str, str]) -> str:
    if subject is None:
        return ""
    scenario = prompts.scenarios.get(subject)
    return scenario.name if scenario else titles.get(subject, subject)


def _point(point: PointReviewed, moved: Iterable[Moved]) -> Point:
    before = next((one.before for one in moved if one.point.point == point.point), "")
    return Point(
        quotation=Quotation(reading_text(point.beside.text), _source(point.beside)),
        section=point.beside.section,
        status=point.status,
        said=point.said,
        evidence=point.evidence,
        plan=point.plan,
        before=before,
    )
