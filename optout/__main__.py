"""`python -m optout` does what `optout` does."""

from __future__ import annotations

from optout.bootstrap import main

if __name__ == "__main__":
    main()
