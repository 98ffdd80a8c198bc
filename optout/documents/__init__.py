"""The one rendering pipeline: an order becomes words, and the words wear three dresses."""
