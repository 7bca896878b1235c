"""`python -m assistant` is `reflect`."""

from __future__ import annotations

from assistant import typed_early


def main() -> None:
    """The console script: nothing typed meanwhile is shown, and reading the command takes a tenth of a second."""
    typed_early.begin()
    from assistant.cli import main as reflect

    reflect()


if __name__ == "__main__":
    main()
