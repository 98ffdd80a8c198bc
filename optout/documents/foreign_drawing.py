"""A page from outside taken over as one drawing: its content, and what the content draws with.

The drawing is a form XObject. Whatever else a file holds (scripts, links, forms, attachments,
actions, metadata) is never looked at, and so cannot come along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

_DRAWN_WITH = frozenset({
    "/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading"})
_LEFT_OUT = frozenset({
    "/A", "/AA", "/AF", "/Alternates", "/Annots", "/B", "/EF", "/EmbeddedFiles", "/JS",
    "/JavaScript", "/LastModified", "/Launch", "/Metadata", "/Names", "/OC", "/OPI",
    "/OpenAction", "/Parent", "/PieceInfo", "/PS", "/Ref", "/StructParent", "/StructParents",
    "/Thumb", "/URI", "/XFA"})
"""What no drawing needs: actions, files, references to other files, leftovers of editors."""

_NOT_OF_THE_DATA = frozenset({"/F", "/FFilter", "/FDecodeParms", "/Length"})
"""Of a stream: that its data lies in another file, and its length, which is counted anew."""

_PACKING = frozenset({"/Filter", "/DecodeParms"})

_MOST_OBJECTS = 100_000
_DEEPEST = 60
_MOST_CONTENT = 60_000_000
_FRAME_NAME = "/Exhibit"

Frame = tuple[float, float, float, float]
"""Left, bottom, width and height in points."""


class CannotBeDrawn(Exception):
    """The file, or a page of it, cannot be drawn again; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class ForeignPage:
    """One page of a file from outside.

    Args:
        contents: what it draws, as the file holds it.
        resources: what it draws with, likewise.
        box: the part of the plane that it shows: left, bottom, right, top in points.
        turned: by how much it is turned clockwise to be read: 0, 90, 180 or 270.
    """

    contents: Any
    resources: Any
    box: tuple[float, float, float, float]
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it is read, in points."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.turned in {90, 270} else (width, height)


class _Role(Enum):
    """What the keys of a mapping are: words of the format, free names, kinds of resources."""

    WORDS = 1
    NAMES = 2
    RESOURCES = 3


_ROLES = {"/Resources": _Role.RESOURCES, "/CharProcs": _Role.NAMES}


class Drawings:
    """Takes drawings from one file over into another; what pages share is taken once."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._taken: dict[tuple[int, int, _Role], IndirectObject] = {}
        self._count = 0

    def draw(self, page: ForeignPage, on: PageObject, frame: Frame) -> None:
        """Draw a page into a frame of another, as large as it fits, never larger than it is.

        Raises:
            CannotBeDrawn: when it is built in a way that cannot be followed.
        """
        left, bottom, room_wide, room_high = frame
        width, height = page.size
        scale = min(room_wide / width, room_high / height, 1.0)
        *turn, over, up = _upright(page)
        over = over * scale + left + (room_wide - width * scale) / 2
        up = up * scale + bottom + room_high - height * scale
        numbers = " ".join(f"{part:.5f}" for part in (*(p * scale for p in turn), over, up))
        resources: Any = on["/Resources"]
        drawings = resources.setdefault(NameObject("/XObject"), DictionaryObject())
        drawings.get_object()[NameObject(_FRAME_NAME)] = self._added(self.drawing(page))
        stroke = self._added(StreamObject.initialize_from_dictionary(
            {"__streamdata__": f"q {numbers} cm {_FRAME_NAME} Do Q\n".encode()}))
        before = [] if "/Contents" not in on else [on.raw_get("/Contents")]
        on[NameObject("/Contents")] = ArrayObject([*before, stroke])

    def drawing(self, page: ForeignPage) -> StreamObject:
        """The page as a drawing.

        Raises:
            CannotBeDrawn: when it is built in a way that cannot be followed.
        """
        data: dict[str, Any] = {
            "/Type": NameObject("/XObject"), "/Subtype": NameObject("/Form"),
            "/BBox": ArrayObject(FloatObject(round(side, 3)) for side in page.box)}
        if isinstance(resolved(page.resources), DictionaryObject):
            data["/Resources"] = self._copied(page.resources, 0, _Role.RESOURCES)
        return StreamObject.initialize_from_dictionary(
            {NameObject(key): value for key, value in data.items()}
            | self._content(page.contents))

    def _content(self, contents: Any) -> dict[Any, Any]:
        """One stream as it is packed; several ones unpacked and joined."""
        found = resolved(contents)
        parts = [resolved(one) for one in items(found)] if isinstance(
            found, ArrayObject) else [found]
        streams = [part for part in parts if isinstance(part, StreamObject)]
        if len(streams) == 1:
            return self._stream(streams[0], 0, only=_PACKING)
        joined = b"\n".join(stream.get_data() for stream in streams)
        if len(joined) > _MOST_CONTENT:
            raise CannotBeDrawn("A page of the file is too large to be drawn.")
        whole = StreamObject.initialize_from_dictionary({"__streamdata__": joined})
        return self._stream(whole.flate_encode(), 0, only=_PACKING)

    def _stream(
        self, stream: StreamObject, depth: int, *, only: frozenset[str] | None = None
    ) -> dict[Any, Any]:
        """A stream’s data, still packed, with its entries (`None`: all that drawing needs)."""
        kept = {NameObject(key): self._copied(stream.raw_get(key), depth + 1, _role_of(key))
                for key in stream
                if key not in _LEFT_OUT | _NOT_OF_THE_DATA and (only is None or key in only)}
        return {**kept, "__streamdata__": stream._data}  # noqa: SLF001 - the only door to packed data

    def _copied(self, value: Any, depth: int, role: _Role) -> Any:
        """A value with all it refers to, but for what no drawing needs."""
        self._count += 1
        if depth > _DEEPEST or self._count > _MOST_OBJECTS:
            raise CannotBeDrawn("The file is built in a way that cannot be followed.")
        if isinstance(value, IndirectObject):
            return self._referred(value, depth, role)
        if isinstance(value, DictionaryObject):
            return self._filled(DictionaryObject(), value, depth, role)
        if isinstance(value, ArrayObject):
            return ArrayObject(self._copied(item, depth + 1, role) for item in items(value))
        return value

    def _referred(self, reference: IndirectObject, depth: int, role: _Role) -> Any:
        key = (reference.idnum, reference.generation, role)
        if key in self._taken:
            return self._taken[key]
        value = reference.get_object()
        if value is None:
            return NullObject()
        if not isinstance(value, DictionaryObject):
            return self._copied(value, depth + 1, role)
        # Known before it is filled: what refers back to itself ends here.
        place = DictionaryObject()
        self._taken[key] = self._added(place)
        if isinstance(value, StreamObject):
            self._writer._replace_object(  # noqa: SLF001 - pypdf has no public door for it
                self._taken[key],
                StreamObject.initialize_from_dictionary(self._stream(value, depth)))
        else:
            self._filled(place, value, depth, role)
        return self._taken[key]

    def _filled(
        self, made: DictionaryObject, value: DictionaryObject, depth: int, role: _Role
    ) -> DictionaryObject:
        for name in value:
            if role is _Role.RESOURCES and name not in _DRAWN_WITH:
                continue
            if role is _Role.WORDS and name in _LEFT_OUT:
                continue
            inner = {_Role.RESOURCES: _Role.NAMES, _Role.NAMES: _Role.WORDS}.get(
                role, _role_of(name))
            made[NameObject(name)] = self._copied(value.raw_get(name), depth + 1, inner)
        return made

    def _added(self, value: Any) -> IndirectObject:
        return self._writer._add_object(value)  # noqa: SLF001 - pypdf has no public door for it


def resolved(value: Any) -> Any:
    """What a reference refers to; any other value itself."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def items(array: ArrayObject) -> Iterable[Any]:
    """The items of an array, references left as they are."""
    return list.__iter__(array)


def _role_of(key: str) -> _Role:
    return _ROLES.get(key, _Role.WORDS)


def _upright(page: ForeignPage) -> tuple[float, float, float, float, float, float]:
    """The matrix that turns a page upright, with its lower left corner at the origin."""
    left, bottom, right, top = page.box
    return {
        90: (0.0, -1.0, 1.0, 0.0, -bottom, right),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, 1.0, -1.0, 0.0, top, -left),
    }.get(page.turned, (1.0, 0.0, 0.0, 1.0, -left, -bottom))
