"""The registry: brokers.yaml checked, searched, overlaid; the one room that reads YAML."""
