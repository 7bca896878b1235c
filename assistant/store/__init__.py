"""The store: sessions and what follows from them, encrypted, found again and kept as long as policy says.

The only room that knows a database. Nothing here reads an answer or writes a document.
"""
