"""The history of the database's form, run from inside the package."""

HEAD = "0006"
"""The newest revision; known without loading Alembic, which costs more than opening the file."""
