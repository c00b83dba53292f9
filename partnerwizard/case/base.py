"""What all models of the case share: ids, and texts that any file can hold."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

_HALF = re.compile("[\ud800-\udfff]")


def whole(text: Any) -> Any:
    """The text with U+FFFD for each half of a character pair that stands alone, as some programs paste it.

    Such a half is no character: no file can hold it. What is no text is left to the field to refuse.
    """
    return _HALF.sub("\ufffd", text) if isinstance(text, str) else text


Whole = BeforeValidator(whole)
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(max_length=300), Whole]
Prose = Annotated[str, StringConstraints(max_length=100_000), Whole]
Telling = Annotated[str, StringConstraints(max_length=4000), Whole]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2000), Whole]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300), Whole]
