"""The states' own files of data brokers: rows → filings → what they change in the registry."""
