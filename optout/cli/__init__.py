"""The command line: thin commands over services, imported late so that help is instant."""

from optout.cli.main import main

__all__ = ["main"]
