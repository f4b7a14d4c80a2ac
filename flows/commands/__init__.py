"""The subcommands of `dateline`, a file each. What they need is imported when they run: help stays fast."""
