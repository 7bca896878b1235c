"""Documents as they come, read into Markdown: one module for each kind of file, and none knows another."""
