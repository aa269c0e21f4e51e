"""`python -m sciatica_pt` is the `sciatica-pt` command."""

import sys

from sciatica_pt.cli import main

if __name__ == "__main__":
    sys.exit(main())
