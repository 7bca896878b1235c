"""From a session to the documents people hand over. The only room, with the library, that knows file formats."""
