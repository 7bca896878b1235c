"""Word files.

Owns the checks that come before reading one, and the styles that Word has and HTML has not. mammoth makes HTML of it:
of the libraries tried it alone keeps tracked insertions, drops deletions and reads text boxes.
"""

from __future__ import annotations

import io
import zipfile

from assistant.library.readers.pieces import Aside, Document, UnreadableError, markdown
from assistant.library.readers.web_reader import fragment_pieces
from assistant.library.readers.word_hidden import without_hidden
from assistant.library.readers.word_parts import made_plain, main_part, margins

MOST_UNPACKED = 200_000_000
"""Bytes. The largest bulletin seen, with its pictures, has a tenth of this."""
MOST_MARKED_UP = 40_000_000
"""Bytes of XML, which is all read at once. A report of a thousand pages has a quarter of this."""

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='List Bullet 2'] => ul > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul > li > ul > li > ul > li:fresh
p[style-name='List Number 2'] => ol > li > ol > li:fresh
r[style-name='Strong'] => strong
"""


def read_word(content: bytes, name: str) -> Document:
    """A .docx file, as it reads with its tracked changes accepted."""
    broken = f"“{name}” is damaged or not a Word document; open it in Word, save it again as .docx and add that."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise UnreadableError(f"“{name}” would unpack to more than 200 MB; it was not opened.")
            if sum(entry.file_size for entry in entries if entry.filename.endswith(".xml")) > MOST_MARKED_UP:
                raise UnreadableError(f"“{name}” holds more text than any report; add it in parts.")
            if main_part(archive) is None:
                raise UnreadableError(f"“{name}” is not a Word document; nothing was kept.")
            title = _title(archive)
    except zipfile.BadZipFile as error:
        raise UnreadableError(broken) from error
    # mammoth takes 60 ms to import, and only adding a Word file needs it.
    import mammoth

    try:
        plain, notices = made_plain(content)
        shown, hidden = without_hidden(plain)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            edges = [Aside(words, "repeated at the edge of the pages") for words in margins(archive)]
        html = mammoth.convert_to_html(
            io.BytesIO(shown), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _: {"src": ""})
        ).value
    except Exception as error:  # whatever a damaged file makes of it, the user can only save it again
        raise UnreadableError(broken) from error
    return Document(markdown(fragment_pieces(html)), title=title, asides=(*hidden, *edges), notices=tuple(notices))


def _title(archive: zipfile.ZipFile) -> str | None:
    """The title among the file's properties; people rarely set it, and then often to the first line."""
    from lxml import etree

    if "docProps/core.xml" not in archive.namelist():
        return None
    try:
        root = etree.fromstring(
            archive.read("docProps/core.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError:
        return None
    found = root.find("{http://purl.org/dc/elements/1.1/}title")
    return found.text.strip() or None if found is not None and found.text else None
