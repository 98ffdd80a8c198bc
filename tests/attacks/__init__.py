"""What must never happen, tried on purpose."""
