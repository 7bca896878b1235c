"""One file for each screen, its styles beside it."""
