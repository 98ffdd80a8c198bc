"""The command line: help, shapes, exit codes, bad input, the running server, the demo."""
