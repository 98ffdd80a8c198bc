"""Faults over several fields, and doubts."""
