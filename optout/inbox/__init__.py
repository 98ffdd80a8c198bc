"""What came back: which request a message answers, and what kind of message it is."""
