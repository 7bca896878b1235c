"""Runs the migrations on the connection it is handed; never opens one itself."""

from __future__ import annotations

from alembic import context

from assistant.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, compare_type=True)
context.run_migrations()
