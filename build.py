"""The front door: `python build.py` makes the site; `check`, `search`, `fmt`, `serve`, `new` stand beside it."""

import sys

from spojnik.commands import leave, main

if __name__ == "__main__":
    leave(main(sys.argv[1:]))
