"""Tests of `optout.documents`."""
