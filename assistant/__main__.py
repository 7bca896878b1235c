"""`python -m assistant` is `reflect`."""

from assistant.cli import main

if __name__ == "__main__":
    main()
