"""Reflect: a reflective supervision assistant for people who protect children."""
