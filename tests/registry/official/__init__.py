"""Importers of the states' files."""
