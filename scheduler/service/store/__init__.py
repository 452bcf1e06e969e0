"""The database: tables, migrations, and content kept by its hash."""
