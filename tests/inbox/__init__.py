"""Tests of `optout.inbox`."""
