"""Speed against named rivals and floors, measured in the same run: `python -m benchmarks`."""
