"""The three ways the app can look. Styles name these colours and never a colour of their own.

`$muted` is for what stands beside the point: still 4.5 to 1 on every background, and not muted at all in high contrast.
`$placeholder` is for what an empty box says, and can be read too. `$lit` is behind the line that is marked.
"""

from __future__ import annotations

from textual.theme import Theme

MUTED = "$muted"

DARK = Theme(
    name="dark",
    primary="#7fb3c8",
    secondary="#9db8a0",
    accent="#e3b778",
    warning="#e3b778",
    error="#e58a7b",
    success="#9db8a0",
    foreground="#e8e6e1",
    background="#1b1f23",
    surface="#23282d",
    panel="#2c3238",
    dark=True,
    variables={"muted": "#a9aaa8", "placeholder": "#a9aaa8", "lit": "#7fb3c8 30%"},
)
LIGHT = Theme(
    name="light",
    primary="#1f5f78",
    secondary="#3d6644",
    accent="#8a4b08",
    warning="#8a4b08",
    error="#a3271c",
    success="#3d6644",
    foreground="#22262a",
    background="#f6f4ef",
    surface="#ffffff",
    panel="#e9e5dc",
    dark=False,
    variables={"muted": "#555a5f", "placeholder": "#555a5f", "lit": "#1f5f78 30%"},
)
HIGH_CONTRAST = Theme(
    name="high contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffb000",
    success="#00ff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    dark=True,
    text_alpha=1.0,
    variables={
        "muted": "#ffffff",
        "placeholder": "#c8c8c8",
        "lit": "#666600",
        "border": "#ffffff",
        "border-blurred": "#ffffff",
        "footer-key-foreground": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffff00",
        "input-selection-background": "#0000ff",
    },
)
THEMES = (DARK, LIGHT, HIGH_CONTRAST)
