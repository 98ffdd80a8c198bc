"""The person’s own corrections: laid over the packaged registry, compared, and shared."""
