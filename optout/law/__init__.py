"""The laws as data and their reading: who may invoke what, and which clock it starts."""
