"""The registry room: YAML read strictly, brokers checked, found and overlaid."""
