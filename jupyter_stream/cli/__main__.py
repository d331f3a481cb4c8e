"""`python -m jupyter_stream.cli` is `jupyter stream`."""

import sys

from jupyter_stream.cli.app import main

sys.exit(main())
