"""A document as one HTML file that needs nothing else and can load nothing else."""

from __future__ import annotations

from html import escape

from assistant.export.document_blocks import Heading, Picture, blocks, plain, reader
from assistant.export.docx_writer import NOTICE

_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
body {{ font: 1rem/1.6 Arial, sans-serif; color: #1f2a37; background: #fff; max-width: 42rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }}
h1, h2, h3 {{ line-height: 1.25; }}
blockquote {{ margin: 0.75rem 0; padding-left: 1rem; border-left: 3px solid #6b7280; unicode-bidi: plaintext; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #6b7280; padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; }}
figure {{ margin: 1rem 0; }} svg {{ max-width: 100%; height: auto; }} pre {{ white-space: pre-wrap; font: inherit; }}
.notice {{ border: 2px solid #1f2a37; padding: 0.5rem 0.75rem; font-weight: bold; }}
</style>
</head>
<body>
<p class="notice">{notice}</p>
<main>
{body}</main>
</body>
</html>
"""


def html(markdown: str, notice: str = NOTICE, picture: Picture | None = None) -> str:
    """The page."""
    title = next((plain(block.words) for block in blocks(markdown) if isinstance(block, Heading)), NOTICE)
    body = reader().render(markdown).replace("<blockquote>", '<blockquote dir="auto">')
    body = body.replace("<th>", '<th scope="col">')
    if picture is not None:
        body += f"<figure>{picture.svg}<figcaption><pre>{escape(picture.in_words)}</pre></figcaption></figure>\n"
    return _PAGE.format(title=escape(title), notice=escape(notice), body=body)
