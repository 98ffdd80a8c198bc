"""The values that every room speaks in: frozen, typed, free of any library."""
