"""The law room: the data, who may invoke what, and the clocks."""
