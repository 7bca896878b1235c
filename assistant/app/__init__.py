"""The Textual screens. The only room that knows Textual; no rule of the conversation lives here.

Importing this package comes before importing Textual, and takes from the environment what would make Textual write
messages, and so people's words, to a file or to a developer's console.
"""

import os

for _name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT"):
    os.environ.pop(_name, None)
