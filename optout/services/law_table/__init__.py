"""The law as one readable table: who may ask what of whom, where, since when, and why not."""
