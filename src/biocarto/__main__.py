"""`python -m biocarto VERB`."""

import sys

from biocarto.cli import main

if __name__ == "__main__":
    sys.exit(main())
