"""SVG drawings that people give, written anew from a short list of shapes; what could act, fetch or grow is refused.

Nothing of the file itself is kept: it is read, each element and attribute is compared with what is allowed here, and a
new drawing is written. What a drawing program notes for itself (layers, titles, comments) falls away without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

MOST_ELEMENTS = 2000
MOST_DRAWN = 5000
"""Elements once every `use` is drawn out."""

DEEPEST = 24
LONGEST_SIDE = 600
"""What the longer side of the new drawing measures, so that its own size is never tiny and never huge."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_NARROWEST = 20.0
_FARTHEST = 1e6

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_PAINTS = {"linearGradient", "radialGradient"}
_ALLOWED = {"svg", "g", "defs", "symbol", "use", "clipPath", "stop", *_SHAPES, *_PAINTS}
_IGNORED = {"title", "desc", "metadata"}

_TEXT = {"text", "tspan", "textPath", "tref", "font", "font-face", "glyph"}
_ACTING = {
    "script": "a script",
    "foreignObject": "parts that are no drawing (foreignObject)",
    "a": "a link",
    "image": "another picture",
    "feImage": "another picture",
    "animate": "an animation",
    "animateMotion": "an animation",
    "animateTransform": "an animation",
    "set": "an animation",
    "filter": "a filter",
    "mask": "a mask",
    "pattern": "a pattern",
    "marker": "a marker",
}


class SvgProblem(ValueError):
    """The drawing cannot be used: what it holds, or what is wrong with it, to follow on "The logo "."""


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str]
    children: list[_Element] = field(default_factory=list)


_NUMBER = r"[-+]?(?:\d{1,9}\.?\d{0,12}|\.\d{1,12})(?:[eE][-+]?\d{1,2})?"
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|mm|cm|in|pc)?")
_SHARE = re.compile(rf"({_NUMBER})(%)?")
# Atomic: a row of digits can be parted into numbers in very many ways, and one is enough.
_NUMBERS = re.compile(rf"\s*+(?>{_NUMBER})(?:[\s,]*+(?>{_NUMBER}))*+\s*+")
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,+\-\s]*")
_TRANSFORM = re.compile(
    rf"(?:\s*,?\s*(?:matrix|translate|scale|rotate|skewX|skewY)\s*+\(\s*+(?>{_NUMBER})(?:[\s,]*+(?>{_NUMBER})){{0,5}}+\s*+\))*+\s*+"
)
_COLOR = re.compile(
    rf"#[0-9a-fA-F]{{3}}|#[0-9a-fA-F]{{6}}|[a-zA-Z]{{3,24}}|"
    rf"rgb\(\s*{_NUMBER}%?\s*,\s*{_NUMBER}%?\s*,\s*{_NUMBER}%?\s*\)"
)
_OWN = re.compile(r"url\(\s*(['\"]?)#([A-Za-z_][\w.\-]{0,99})\1\s*\)")
_ID = re.compile(r"[A-Za-z_][\w.\-]{0,99}")
_CLASSES = re.compile(r"\.([A-Za-z_][\w\-]{0,99})")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_LONGEST_VALUE = 200_000
_BY_STYLE = "style:"
"""Before the name of a look that an element's own `style` gives, until classes are put in their place below it."""


def _matching(*patterns: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: any(pattern.fullmatch(value) for pattern in patterns)


def _one_of(*words: str) -> Callable[[str], bool]:
    return lambda value: value in words


_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "fill": _matching(_COLOR, _OWN),
    "stroke": _matching(_COLOR, _OWN),
    "color": _matching(_COLOR),
    "stop-color": _matching(_COLOR),
    "fill-opacity": _matching(_SHARE),
    "stroke-opacity": _matching(_SHARE),
    "stop-opacity": _matching(_SHARE),
    "opacity": _matching(_SHARE),
    "fill-rule": _one_of("nonzero", "evenodd"),
    "clip-rule": _one_of("nonzero", "evenodd"),
    "stroke-width": _matching(_LENGTH),
    "stroke-linecap": _one_of("butt", "round", "square"),
    "stroke-linejoin": _one_of("miter", "round", "bevel"),
    "stroke-miterlimit": _matching(_LENGTH),
    "stroke-dasharray": lambda value: value == "none" or bool(_NUMBERS.fullmatch(value)),
    "stroke-dashoffset": _matching(_LENGTH),
    "clip-path": lambda value: value == "none" or bool(_OWN.fullmatch(value)),
    "display": _one_of("none", "inline", "block"),
    "visibility": _one_of("visible", "hidden", "collapse"),
}
"""How a shape looks; these may stand in attributes, in `style` and in a style sheet's classes."""

_WHERE: Mapping[str, Callable[[str], bool]] = {
    "d": _matching(_PATH),
    "points": _matching(_NUMBERS),
    "transform": _matching(_TRANSFORM),
    "gradientTransform": _matching(_TRANSFORM),
    "viewBox": _matching(_NUMBERS),
    "offset": _matching(_SHARE),
    "gradientUnits": _one_of("userSpaceOnUse", "objectBoundingBox"),
    "clipPathUnits": _one_of("userSpaceOnUse", "objectBoundingBox"),
    "spreadMethod": _one_of("pad", "reflect", "repeat"),
    **{
        name: lambda value: bool(_LENGTH.fullmatch(value) or _SHARE.fullmatch(value))
        for name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height")
    },
}
"""Where a shape stands."""


def sanitised(data: bytes) -> bytes:
    """The drawing written anew from allowed parts; the same bytes for what was written here. Raises SvgProblem."""
    root = _read(data)
    _check_references(root)
    return ("\n".join(_written(root)) + "\n").encode()


def looks_like_svg(data: bytes) -> bool:
    """Whether a file is meant as SVG: its text begins with a tag or a declaration."""
    head = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").replace(b"\x00", b"")
    return head.startswith(b"<")


class _Reader:
    """Builds the tree from the parser's events; refuses as soon as something is out of bounds."""

    def __init__(self) -> None:
        self.root: _Element | None = None
        self.sheet = ""
        self._open: list[_Element | None] = []
        self._in_style = False
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise SvgProblem(f"has more than {MOST_ELEMENTS} parts")
        if len(self._open) >= DEEPEST:
            raise SvgProblem(f"is nested more than {DEEPEST} deep")
        parent = self._open[-1] if self._open else None
        if self._open and parent is None:  # inside something that falls away
            if space in {"", _SVG} and tag in _ACTING:
                raise SvgProblem(f"holds {_ACTING[tag]}")
            self._open.append(None)
            return
        if space not in {"", _SVG}:
            if parent is None:
                raise SvgProblem("is no SVG drawing")
            self._open.append(None)  # notes of a drawing program
            return
        if parent is None and tag != "svg":
            raise SvgProblem("is no SVG drawing")
        if tag == "style":
            self._in_style = True
        if tag in _IGNORED or tag == "style":
            self._open.append(None)
            return
        if tag in _TEXT:
            raise SvgProblem("holds letters that need a typeface; turn them into outlines first")
        if tag not in _ALLOWED or (tag == "svg" and parent is not None):
            raise SvgProblem(f"holds {_ACTING.get(tag, f'a part that is not drawn here ({_shown(tag)})')}")
        element = _Element(tag, dict(_attributes(tag, attributes)))
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()
        self._in_style = False

    def text(self, text: str) -> None:
        if self._in_style:
            self.sheet += text


def _read(data: bytes) -> _Element:
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.EntityDeclHandler = _refuse_declarations
    parser.ExternalEntityRefHandler = _refuse_declarations
    parser.ProcessingInstructionHandler = _refuse_instructions
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, SvgProblem):
            raise
        raise SvgProblem("is damaged") from None
    root = reader.root
    assert root is not None  # the parser refuses a document without an element
    _apply(root, _classes(reader.sheet))
    return root


def _refuse_declarations(*_: object) -> int:
    raise SvgProblem("holds a document type or entities")


def _refuse_instructions(target: str, _data: str) -> None:
    raise SvgProblem(f"holds an instruction to other programs ({_shown(target)})")


def _shown(name: str) -> str:
    """A name from the file, as far as it can stand in a message."""
    return re.sub(r"[^\w.:-]", "?", name)[:40]


def _attributes(tag: str, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes that are allowed, with `class` for later; surplus falls away, what could act is refused."""
    for name, value in given.items():
        space, _, local = name.rpartition(" ")
        if local.lower().startswith("on"):
            raise SvgProblem(f"holds a script ({_shown(local)})")
        if local in {"href", "src"} and space in {"", _XLINK}:
            if not (tag in {"use", *_PAINTS} and local == "href" and _ID.fullmatch(value.strip()[1:])):
                raise SvgProblem("refers to something outside itself")
            if not value.strip().startswith("#"):
                raise SvgProblem("refers to something outside itself")
            yield "href", value.strip()[1:]
        elif space:
            continue
        elif local == "style":
            yield from ((_BY_STYLE + name, value) for name, value in _declared(value))
        elif local in {"id", "class"}:
            yield local, value.strip()
        elif local in _LOOKS or local in _WHERE:
            yield local, _valid(local, value)


def _valid(name: str, value: str) -> str:
    value = " ".join(value.split())
    allowed = _LOOKS.get(name) or _WHERE[name]
    if "url" in value.lower() and not _OWN.fullmatch(value):
        raise SvgProblem("refers to something outside itself")
    if len(value) > _LONGEST_VALUE or not allowed(value):
        raise SvgProblem(f"has a value that cannot be read ({name})")
    return value


def _declared(style: str) -> Iterator[tuple[str, str]]:
    """The declarations of a style; those that change nothing here fall away."""
    for each in style.split(";"):
        name, colon, value = each.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if not colon:
            continue
        if re.search(r"url|expression|import|[\\@<]", value, re.IGNORECASE) and not _OWN.fullmatch(value):
            raise SvgProblem("refers to something outside itself")
        if name in _LOOKS:
            yield name, _valid(name, value)


def _classes(sheet: str) -> dict[str, dict[str, str]]:
    """The style sheet as classes; anything but plain classes is refused."""
    sheet = re.sub(r"/\*.*?\*/|<!--|-->", "", sheet, flags=re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    if re.search(r"[@\\<]", sheet):
        raise SvgProblem("holds a style sheet that asks for other files or typefaces")
    if re.sub(_RULE, "", sheet).strip():
        raise SvgProblem("holds a style sheet that cannot be read")
    for selectors, body in _RULE.findall(sheet):
        for selector in selectors.split(","):
            name = _CLASSES.fullmatch(selector.strip())
            if name is None:
                raise SvgProblem("holds a style sheet that is more than plain classes")
            found.setdefault(name[1], {}).update(_declared(body))
    return found


def _apply(element: _Element, classes: Mapping[str, Mapping[str, str]]) -> None:
    """Joins an element's looks as browsers do: attributes, over them its classes, over them its own `style`."""
    given = element.attributes
    names = given.pop("class", "").split()
    styled = {key.removeprefix(_BY_STYLE): given.pop(key) for key in [*given] if key.startswith(_BY_STYLE)}
    for name, looks in classes.items():  # a class that stands later in the sheet wins
        if name in names:
            given.update(looks)
    given.update(styled)
    for child in element.children:
        _apply(child, classes)


def _check_references(root: _Element) -> None:
    """Every reference leads to a part of the right kind, none leads in a circle, and nothing grows out of bounds."""
    by_id: dict[str, _Element] = {}
    for element in _all(root):
        name = element.attributes.get("id")
        if name is not None:
            if not _ID.fullmatch(name) or name in by_id:
                del element.attributes["id"]
            else:
                by_id[name] = element
    drawn: dict[int, int] = {}
    open_: set[int] = set()

    def size(element: _Element, depth: int) -> int:
        if id(element) in open_:
            raise SvgProblem("refers to itself in a circle")
        if depth > DEEPEST * 2:
            raise SvgProblem(f"is nested more than {DEEPEST} deep")
        if id(element) not in drawn:
            open_.add(id(element))
            total = 1 + sum(size(child, depth + 1) for child in element.children)
            for target, kinds in _references(element):
                found = by_id.get(target)
                if found is None or found.tag not in kinds:
                    raise SvgProblem(f"refers to a part that it does not have ({_shown(target)})")
                total += size(found, depth + 1)
            open_.discard(id(element))
            drawn[id(element)] = total
            if total > MOST_DRAWN:
                raise SvgProblem(f"draws more than {MOST_DRAWN} parts")
        return drawn[id(element)]

    size(root, 0)


def _references(element: _Element) -> Iterator[tuple[str, set[str]]]:
    for name, value in element.attributes.items():
        if name == "href":
            yield value, _PAINTS if element.tag in _PAINTS else {"g", "symbol", "use", *_SHAPES}
        elif (own := _OWN.fullmatch(value)) is not None:
            yield own[2], {"clipPath"} if name == "clip-path" else _PAINTS


def _all(element: _Element) -> Iterator[_Element]:
    yield element
    for child in element.children:
        yield from _all(child)


_UNITS = {"px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pc": 16.0}


def _frame(root: _Element) -> tuple[float, float, float, float]:
    """What the drawing shows of its plane: left, top, width, height."""
    given = root.attributes.get("viewBox")
    if given is not None:
        values = [float(each) for each in re.findall(_NUMBER, given)]
    else:
        sides = [_LENGTH.fullmatch(root.attributes.get(name, "")) for name in ("width", "height")]
        values = [0.0, 0.0, *(float(side[1]) * _UNITS.get(side[2] or "px", 1.0) for side in sides if side)]
    if len(values) != 4 or any(abs(each) > _FARTHEST for each in values) or min(values[2:]) <= 0:
        raise SvgProblem("does not say how large it is (viewBox)")
    if max(values[2:]) / min(values[2:]) > _NARROWEST:
        raise SvgProblem(f"is more than {_NARROWEST:g} times as long as it is high or wide")
    return values[0], values[1], values[2], values[3]


def _written(root: _Element) -> Iterator[str]:
    left, top, width, height = _frame(root)
    scale = LONGEST_SIDE / max(width, height)
    looks = {name: value for name, value in root.attributes.items() if name in _LOOKS}
    attributes = {
        "xmlns": _SVG,
        "xmlns:xlink": _XLINK,
        "viewBox": f"{left:g} {top:g} {width:g} {height:g}",
        "width": f"{width * scale:g}",
        "height": f"{height * scale:g}",
        **looks,
    }
    yield f"<svg{_listed(attributes)}>"
    for child in root.children:
        yield from _lines(child)
    yield "</svg>"


def _lines(element: _Element) -> Iterator[str]:
    attributes = dict(sorted(element.attributes.items()))
    if (target := attributes.pop("href", None)) is not None:
        attributes["xlink:href"] = f"#{target}"
    if element.children:
        yield f"<{element.tag}{_listed(attributes)}>"
        for child in element.children:
            yield from _lines(child)
        yield f"</{element.tag}>"
    else:
        yield f"<{element.tag}{_listed(attributes)}/>"


def _listed(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
