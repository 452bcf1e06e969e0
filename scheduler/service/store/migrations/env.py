"""Runs the migrations on the connection that it is handed."""

from alembic import context

from scheduler.service.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="ringfence_version",
    render_as_batch=True,
    include_name=context.config.attributes.get("include_name"),
)
with context.begin_transaction():
    context.run_migrations()
