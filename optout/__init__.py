"""optout: a local app that gets people out of data brokers."""

__version__ = "0.1.0"
