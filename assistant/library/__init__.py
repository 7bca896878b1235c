"""The library: published reviews, and the learning points cut from them with their place in the source.

The only room that knows file formats. Nothing here ranks, asks or keeps a record.
"""
