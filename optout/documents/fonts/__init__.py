"""The text face of the letters; ORIGIN.md says where it comes from."""
