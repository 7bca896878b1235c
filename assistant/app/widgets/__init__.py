"""One file for each widget. Widgets take models and post messages; none of them knows the workspace or the session."""
