"""The Textual screens. The only room that knows Textual; no rule of the conversation lives here."""
