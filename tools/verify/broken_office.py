"""Word and Excel files broken on the fly: each break must be found by `verify.packages`."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """One way to break a part of a file, and a word that must then be said."""

    name: str
    part: str
    pattern: str
    new: str
    says: str

    def of(self, data: bytes) -> bytes:
        """The broken file; ValueError where it has no place to break."""
        out = io.BytesIO()
        done = 0
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                if name == self.part:
                    text, done = re.subn(self.pattern, self.new, content.decode(), count=1, flags=re.DOTALL)
                    content = text.encode()
                target.writestr(name, content)
        if not done:
            raise ValueError(f"{self.name}: {self.part} has no place for it")
        return out.getvalue()


_BODY, _STRINGS, _SCORES = "word/document.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"
WORD = (
    Break("properties out of order", _BODY, r"<w:pPr>(<w:pStyle[^>]*>)", r"<w:pPr><w:keepNext/>\1", "comes after"),
    Break("a property twice", _BODY, r'(<w:jc w:val="right"/>)', r"\1\1", "is there twice"),
    Break("a property of another kind", _BODY, r"<w:tblPr>", r"<w:tblPr><w:jc2/>", "there may be no"),
    Break("properties after text", _BODY, r"<w:p>(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)", r"<w:p>\2\1", "come first"),
    Break(
        "a cell without a paragraph", _BODY, r"(<w:tc><w:tcPr>.*?</w:tcPr>)<w:p>.*?</w:p></w:tc>", r"\1</w:tc>", "end"
    ),
    Break("a lost cell", _BODY, r"(</w:trPr>)<w:tc>.*?</w:tc>", r"\1", "cells for"),
    Break("a table without a header row", _BODY, r"<w:tblHeader/>", "", "no header row"),
    Break("a picture number twice", _BODY, r'(<wp:docPr id=")2"', r'\g<1>1"', "picture number"),
    Break("a picture without a text", _BODY, r'(<wp:docPr [^>]*descr=")[^"]*"', r'\1"', "no alternative text"),
    Break("a bookmark twice", _BODY, r'w:name="_Source2"', 'w:name="_Source1"', "bookmark"),
    Break("a bookmark without an end", _BODY, r"<w:bookmarkEnd [^>]*/>", "", "pairs"),
    Break("a style that is not there", _BODY, r'(<w:pStyle w:val=")TableText"', r'\1Nowhere"', "no paragraph style"),
    Break("a list that is not there", _BODY, r'(<w:numId w:val=")\d+"', r'\g<1>999"', "the list 999"),
    Break("a field without an end", _BODY, r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "does not end"),
    Break("a lost relation", "word/_rels/document.xml.rels", r"<Relationship [^>]*image[^>]*/>", "", "is used and not"),
    Break(
        "a part without a kind", "[Content_Types].xml", r'<Default [^>]*Extension="png"[^>]*/>', "", "no content type"
    ),
    Break("no language", "word/styles.xml", r"<w:lang [^>]*/>", "", "language"),
)
EXCEL = (
    Break("an error in a cell", _SCORES, r"(</f><v>)[^<]*", r"\1#REF!", "shows an error"),
    Break("a formula without its value", _SCORES, r"(</f>)<v>[^<]*</v>", r"\1", "without its value"),
    Break("what is not a number", _SCORES, r'(<c r="A\d+"[^>]*><f>[^<]*</f><v>)[^<]*', r"\1nan", "is not a number"),
    Break("a text that is not there", _SCORES, r't="s"><v>\d+', 't="s"><v>999999', "a text that is not there"),
    Break("another title in a header row", _STRINGS, r">Likely rating<", ">Likely<", "header row"),
    Break("a name for nothing", "xl/workbook.xml", r">Weights!", ">Nowhere!", "stands for"),
    Break("a lost relation", "xl/worksheets/_rels/sheet2.xml.rels", r"<Relationship [^>]*/>", "", "is used and not"),
)
