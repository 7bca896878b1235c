"""What an account shows and leaves out, from the words alone.

Brings together what each kind of noticing finds: danger, people, observations, themes. Reading the files is dear and
looking at an account is cheap, so a `Noticer` is opened once and asked often.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.conversation.danger import DangerFinder, open_danger_finder
from assistant.conversation.observed import Noticing
from assistant.resources import data_dir


@dataclass(frozen=True)
class Noticer:
    """All that looks at an account."""

    danger: DangerFinder

    def notice(self, words: str) -> Noticing:
        """Everything noticed in `words`."""
        return Noticing(act_now=self.danger.find(words))


@lru_cache(maxsize=4)
def open_noticer(home: Path) -> Noticer:
    """What looks at accounts on this machine. Raises DataFileError when a file it reads is wrong."""
    return Noticer(danger=open_danger_finder(home))


def notice(words: str) -> Noticing:
    """Everything noticed in `words`."""
    return open_noticer(data_dir()).notice(words)
