"""A request's whole life as one table, its standing on a day, and what is due next."""
