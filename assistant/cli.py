"""The `reflect` command: finds the subcommand, and turns errors into one sentence and an exit status.

Exit status 0 done, 1 could not do it, 2 misused. An error nobody foresaw is an incident number, never a traceback.
Subcommands are imported when they are called for, so that `reflect` alone opens its first screen without loading what
only other commands need.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

import click

from assistant import typed_early
from assistant.errors import ReflectError
from assistant.process import harden
from assistant.resources import data_dir
from assistant.to_type import to_type

COMMANDS = {
    "actions": "assistant.commands.actions:actions",
    "backup": "assistant.commands.backup:backup",
    "chronology": "assistant.commands.history:chronology",
    "doctor": "assistant.commands.doctor:doctor",
    "due": "assistant.commands.actions:due",
    "escalations": "assistant.commands.actions:escalations",
    "evaluate": "assistant.commands.evaluate:evaluate",
    "forget": "assistant.commands.forget:forget",
    "genogram": "assistant.commands.history:genogram",
    "library": "assistant.commands.library:library",
    "lock": "assistant.commands.passphrase:lock",
    "passphrase": "assistant.commands.passphrase:passphrase",
    "progress": "assistant.commands.progress:progress",
    "notice": "assistant.commands.notice:notice",
    "prompts": "assistant.commands.prompts:prompts",
    "record": "assistant.commands.record:record",
    "restore": "assistant.commands.backup:restore",
    "search": "assistant.commands.search:search",
    "settings": "assistant.commands.settings:settings",
    "serve": "assistant.commands.serve:serve",
    "talk": "assistant.commands.talk:talk",
    "team": "assistant.commands.team:team",
}
OBJECTS_BETWEEN_COLLECTIONS = 200_000


class LateGroup(click.Group):
    """A group whose subcommands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of every subcommand."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one subcommand."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LateGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reflective-supervision", prog_name="reflect")
@click.pass_context
def reflect(context: click.Context) -> None:
    """Think through a case, one good question at a time. Without a command, opens the app."""
    if context.invoked_subcommand is None:
        from assistant.app import app  # Textual costs 0.2 s, and the other commands need none of it

        context.exit(app.run(data_dir()))


def main() -> None:
    """What the console script does."""
    typed_early.begin()  # where this was called without it
    click.termui.visible_prompt_func = typed_early.shown
    # On a busy machine a second thread waits its turn, and a search with it. Read by NumPy when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A session reads 300,000 small objects, and all stay. To look among them for rubbish after every 700 new ones was a
    # quarter of the processor's time to the second question: 2.2 s, now 1.6 s, in the same memory.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 10, 10)
    _without_plugins()
    harden()
    status = run()
    typed_early.end()
    gc.freeze()  # at its end Python looks for rubbish among all there is: 0.1 s, in a process that's gone anyway
    sys.exit(status)


def _without_plugins() -> None:
    """Answer for pydantic that it has no plugins.

    It would read how packages are described, and then look through each of them, to find none of ours: 0.03 s.
    """
    none = ModuleType("pydantic.plugin._loader")
    vars(none)["get_plugins"] = tuple
    sys.modules.setdefault(none.__name__, none)


def run(words: Sequence[str] | None = None) -> int:
    """Do what the words after `reflect` ask, the process's own where none are given; the exit status."""
    try:
        status = reflect.main(words, standalone_mode=False)
    except click.ClickException as error:
        sys.stdout.flush()
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        sys.stdout.flush()
        print(f"\nStopped. What was said is kept; run {to_type()} to take it up again.", file=sys.stderr)
        status = 1
    except BrokenPipeError:
        # whoever read our output has gone; leave Python nothing to flush to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except ReflectError as error:
        sys.stdout.flush()
        print(error, file=sys.stderr)
        status = 1
    except Exception as error:
        from assistant import crash

        sys.stdout.flush()
        print(crash.sentence(crash.report(error, data_dir())), file=sys.stderr)
        status = 1
    return int(status or 0)
