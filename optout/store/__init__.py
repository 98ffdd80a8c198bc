"""The encrypted database: typed models, migrations, and queries that give domain values."""
