"""The front door: `python build.py` makes the site; `check`, `search`, `fmt`, `serve`, `new` stand beside it."""

import gc
import sys

if __name__ == "__main__":
    gc.disable()  # before the first import: all that a build loads stays, and to look for cycles in it takes time
    from spojnik.commands import leave, main

    leave(main(sys.argv[1:]))
