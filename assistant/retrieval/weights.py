"""Every number by which ranking was tuned, in one place, with what was measured.

Owns the numbers alone; what each does is in the module that uses it, which reads it from here when it ranks, so that
`python -m tools.tune_weights` can vary one at a time and print what becomes of each judged set. Figures below are
the mean nDCG@10 of the paraphrases, the tuning set and the second fresh set, .667 with the numbers as they are. Sets of
50 to 140 queries tell differences of .01 at best: a number is changed only when neighbouring values agree and the set
that nobody looks at does not fall.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.library.points import Kind

# A learning point as a document of the index (weighted_terms.py).
HEADING_WORD = 1.0
"""A word of a telling heading; a word of the text counts 1."""

# A query as the index is asked for it (weighted_terms.py).
NEGATION = 0.3
"""\"Not\" is in half of all learning: it orders what other words have found."""
ROLE = 0.5
"""\"Dad\" or "baby" in a sentence that has another subject. Flat: .658 with .3, .5 and .8."""
CONCEPT = 30.0
"""Of a query's concepts, which share a weight of about one, beside 1 for each of its words. 22 costs .009; with 40
the queries that knowledge was first built on fall by .013."""

# What a point's score is made of besides its terms (ranking.py).
MEANING = 80.0
"""What a cosine of one would add, in the space of what is said and what answers it; a rare word adds about five. On 23
queries over letters 60 gives .490, 80 .503, 120 .516; on the bulletins 80 is best by a little, 120 costs .01."""
MEANING_ALIKE_UP_TO, MEANING_GROWS, MOST_MEANING = 400, 0.25, 2.0
"""How many points a library may hold for that to be so; the power of its size with which it grows from there on, and
what it grows to. The more points, the more of them carry each concept, so the less a concept tells which. On letters,
twelve times the size, 80, 120 and 160 give .541, .553 and .556 and success@3 .60, .70 and .73; on bulletins .649, .633
and .586."""
PROFESSIONAL_WORDS, PROFESSIONAL_MEANING = 6.0, 20.0
"""How much the words and the meaning in which reviews speak of a query's concepts order what carries them. On a library
of letters the two lift .442 to .476 and the precision of the first three from .58 to .67; the bulletins gain .01. Twice
and half of either are within .005."""
SPOKEN_OF = 3
"""Concepts of a query that are put so; two and five are no better."""
KINDS: Final[Mapping[Kind, float]] = {
    "learning-point": 1.0,
    "finding": 1.0,
    "question": 0.75,
    "strength": 0.85,
    "theme": 0.8,
    "resource": 0.6,
    "case-fact": 0.4,
}
"""Learning stands above what merely happened and above where to read more. Flat: .15 up or down moves none by .005."""
FURNITURE = 0.7
"""For what speaks of the document, its making or its figures. .6 to .8 lift the bulletins by .005 to .01."""
GAP = 1.08
"""For what tells of a gap: most who search tell of trouble, and praise seldom answers it. On letters, where four points
in ten praise, 1.1 lifts .373 to .385; to lower praise instead costs the bulletins success@3."""
AUDIENCE = 1.3
"""For points that speak to the one who asks: enough to decide between near equals, not to outdo the better answer."""

# What bears at all, and what only weakly (ranking.py).
LEAST_EVIDENCE = 0.15
"""Of what a query's words are worth (rare words more), the share some point must hold for words alone to bear."""
FAIR_EVIDENCE = 0.45
"""Below this share a point found by words alone is shown as weak."""
MEANING_FLOOR = 0.43
"""Cosine from which meaning alone brings a point, weakly: one point in a thousand lies so near to a query."""
MEANING_FAIR = 0.53
CONCEPT_FAIR = 0.3
"""Share of what a query only seems to mean that a point must be about to be shown as more than weak."""

# Which concepts a point carries (concepts.py). Varied one at a time; all lie on broad flat tops.
HEADING_CONCEPT = 0.5
"""A concept named only by a heading above the point."""
CENTRAL = 0.1
"""How near a point's meaning is to a concept that it names in passing."""
CENTRALITY = 3.0
LEAST_CENTRAL, MOST_CENTRAL = 0.3, 1.3
SUGGESTED_FROM, SUGGESTED_TO, SUGGESTED = 0.35, 0.65, 0.3
"""Meaning alone suggests a concept from the first closeness on, fully from the second, with this weight at most."""

# Which concepts a query carries (concepts.py, concept_classifier.py).
NEAREST = (0.5, 0.3, 0.2)
"""Of the nearest sentence of a concept, the second and the third."""
LIKELIHOOD, NEARNESS = 0.035, 0.6
"""How the regression's logarithm of likelihood and a cosine add up to one closeness. With .05 and .5 the mean is .009
less and the set that nobody looks at .004 less; beside these (.5 and .7 for the second) it is the same."""
SHARPNESS = 0.05
"""Differences of closeness this small hardly choose between two concepts. .04 costs .005, .06 costs .007, .08 .014."""
PARTS = 0.35
"""What the parts of a query mean, beside what it means as a whole. Flat from .2 to .5."""
UNHELD = 0.1
"""How much less close a concept is that no point of the library carries. The mean is the same without; the set that
nobody looks at rises by .012."""
NAMED = 0.3
"""Shared by the concepts that the words name, beside 1 shared by what they may mean. Flat from .2 to .45."""
NAMED_BY_WORDS_ALONE = 0.6
"""The same without an encoder: what words may mean is then less sure."""
NEIGHBOURS = 0.6
"""What a concept passes to its broader and near ones. .4 costs .003; .9 costs the first queries .011."""
NEAR = 0.5
"""A near concept, beside 1 for a broader one."""
LEAST_MENTION = 0.02
ELSEWHERE, SURELY_ELSEWHERE = 0.1, 0.3
"""How likely the office or the weather must be for a query to mean nothing of practice: from the first on if no word of
it names practice, from the second in any case. With .065 seven of 300 judged queries are lost, with .1 five; of 61
other lines 60 are silent."""
LEAST_SUBJECT = 0.05
LEAST_CLOSE = 0.16
"""Gibberish comes nearly as near as this to something; judged queries lie at .19 and above."""
MARGIN = 0.1
"""Where nothing was learnt beforehand: how much nearer to practice than to the office a query must be."""

# A long text, and several findings (diversity.py).
LONG = 45
"""Words from which a text is taken apart; a sentence or two is one need. From 25 on, .002 less."""
USED_BEFORE = 0.5
"""What a passage's or a subject's next finding still counts for, each time it has been heard. Flat to .7."""
SAME = 0.85
"""Share of the shorter's words from which two points are the same learning in print: reviews of one board repeat whole
sentences, and add to them. Costs the first queries .012, which have such pairs judged twice, and no other set .002.
Points that merely teach alike (`also_in`) are each worth reading."""
LEAST_SAME = 6
"""Words that the shorter must have: "No evidence of the child's voice" is in many a longer point by chance."""
