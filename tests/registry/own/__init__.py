"""The person’s own corrections."""
