"""Rough handling: kills, crowds, long sleeps."""
