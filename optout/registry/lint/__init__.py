"""What a careful reader asks of a registry: faults over several fields, and doubts."""
