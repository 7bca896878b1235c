"""From which size a screen shows what; measured in the terminal's columns and rows."""

NARROW = 64
WIDE = 120
"""Columns from which a screen is narrow, and wide; below `NARROW` it shows one thing at a time."""
DRAWER = 100
"""Columns below which what stands beside the conversation is a drawer over it."""
VAST = 160
"""Columns from which what stands beside the conversation has two columns of its own."""
TALL = 32
MIDDLING = 18
"""Rows from which there is room for more than what is needed."""
