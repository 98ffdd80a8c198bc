"""From a person, brokers, laws and a day to a plan: the fewest, safest, best-ordered actions."""
