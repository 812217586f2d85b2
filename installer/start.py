"""Where an installed build starts: the window without arguments, the `mtss` command with them."""

import sys

from mtss_desktop.__main__ import main

sys.exit(main())
