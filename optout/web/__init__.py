"""The pages: a local Flask app in front of the services."""
