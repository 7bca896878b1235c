"""What a question may need of a case, or be ruled out by: the names that people write in `prompts/`.

Owns the names and what each means. Whether one holds in a session is worked out from the case sketch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

CaseFact = Literal[
    "unborn",
    "baby",
    "not-talking",
    "about-a-baby",
    "school-age",
    "teenager",
    "one-child",
    "several-children",
    "away-from-home",
    "home-visited",
    "child-met",
    "seen-alone",
    "seen-alone-said",
    "since-said",
    "marked",
    "suicide-spoken-of",
    "adult-hurt",
    "told-from-afar",
    "child-words-known",
    "father-known",
    "man-known",
    "father-dead-or-gone",
    "two-parents",
    "school-staff",
    "health-staff",
    "a-plan",
    "stepping-down",
    "in-dispute",
    "worker-shaken",
    "told-somebody",
    "told-nobody",
    "source-checked",
    "child-told-of-harm",
    "steps-said",
    "child-will-be-told",
    "words-given",
    "decision-said",
]

MEANINGS: dict[CaseFact, str] = {
    "unborn": "the child isn't born yet",
    "baby": "under one year, or unborn",
    "not-talking": "under two, unborn, or said not to speak",
    "about-a-baby": "the child that the account begins with, or every child, is unborn, under two or doesn't speak",
    "school-age": "four to sixteen",
    "teenager": "eleven or older",
    "one-child": "one child has been spoken of",
    "several-children": "more than one child has been spoken of",
    "away-from-home": "the child lives in care, in a hospital or with relatives",
    "home-visited": "the worker has been in the home: they say so, or have a job that goes there and deny nothing",
    "child-met": "the worker has met the child; taken to be so unless they say otherwise",
    "seen-alone": "somebody is said to have seen the child alone",
    "seen-alone-said": "it was said whether anybody has seen the child alone, either way",
    "since-said": "it was said since when, or for how long",
    "marked": "a mark or an injury has been spoken of",
    "suicide-spoken-of": "somebody's wish to die, or self-harm, has been spoken of",
    "adult-hurt": "an adult of the family being hit, threatened or frightened by another has been spoken of",
    "told-from-afar": "what was last told was said over the phone, in a message or by somebody else who was there",
    "child-words-known": "something the child said has been told",
    "father-known": "the father has been spoken of",
    "man-known": "any man around the child has been spoken of",
    "father-dead-or-gone": "the father is said to have died, or not to be in touch at all",
    "two-parents": "both parents have been spoken of",
    "school-staff": "the worker is a teacher, designated safeguarding lead or other school or nursery staff",
    "health-staff": "the worker is a health visitor, midwife, nurse, GP or other health staff",
    "a-plan": "a plan, conference, core group or order has been spoken of",
    "stepping-down": "closing, stepping down or going home has been spoken of",
    "in-dispute": "people disagree, or risk isn't falling and somebody must be told",
    "worker-shaken": "the worker is frightened, tearful or worn out",
    "told-somebody": "the worry has been passed on to somebody",
    "told-nobody": "the worker says that they have told nobody, or nobody beyond their own place of work",
    "source-checked": "what somebody said of themselves has been checked with another source",
    "child-told-of-harm": "a child has told of abuse, or said or shown that they may want to die",
    "steps-said": "something that somebody will do was said with the decision, or before one was asked for",
    "child-will-be-told": "since the decision it was said that somebody will tell the child",
    "words-given": "what the child will hear, or of a baby the parents, was said before it was asked for",
    "decision-said": "before a decision was asked for it was said what was decided",
}
"""For people who write questions: what each name means, and what is taken to be so when nobody has said."""

CASE_SLOTS: Mapping[str, str] = {"{child}": "this child", "{parent}": "the parent", "{man}": "the father"}
"""People in a question's words, each one person, and how they are called until the worker has named them. Then they are
named as the worker names them: "Ruby", "the older boy", "Mum", "the uncle"."""
