"""The forms, and how what was typed becomes values of the domain."""
