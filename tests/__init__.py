"""The tests; they mirror `optout/` room by room."""
