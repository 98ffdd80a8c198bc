"""Tests of `optout.delivery`."""
