"""`python -m pipeline` is the command jamka."""

from pipeline.cli import main

raise SystemExit(main())
