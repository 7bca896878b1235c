"""The same app in a browser tab, for people who will never open a terminal.

Needs the extra `serve`. Knows nothing of screens: each tab is a process of its own that runs `reflect` as it is.
"""

LEFT = "left"
"""The kind of message by which the server tells a tab's process that the browser has gone."""
