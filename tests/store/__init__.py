"""The store, on real encrypted databases."""
