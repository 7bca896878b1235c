"""What goes on after a session: actions, disagreements taken further, what is due, and what shows over time."""
