"""The channels, a module each: document in, hand-over and receipt out."""
