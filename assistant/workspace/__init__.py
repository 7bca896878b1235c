"""The workspace: sessions are begun and taken up again, and store, library and engine are wired together for them.

The faces (the app and the line mode) get everything they need from one `Workspace`. Nothing here knows Textual.
"""
