"""The words of a paragraph of Word, run by run: what counts, and what is only to be told."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chengguo.importing.formats import controls, drawn, equations, fields, signs
from chengguo.importing.formats.letters import raised, struck_out
from chengguo.importing.formats.looks import SPACE, Looks
from chengguo.importing.rows import LOOKS, Look, Remark
from chengguo.language import _

_EQUATION = equations.SPACE + "oMath"
_AS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MARKS = {SPACE + name: text for name, text in _AS.items()}
_WORDS = frozenset({SPACE + "t", equations.SPACE + "t"})
_RUBY = SPACE + "rt"  # small letters above others
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DRAWN = tuple(SPACE + name for name in ("drawing", "pict", "object"))
# What is read elsewhere or shows no words: pictures and text boxes, how things look.
_PASSED = frozenset(
    {*(SPACE + name for name in ("pPr", "rPr", "delText", "txbxContent")), *_DRAWN, _RUBY, _EQUATION}
)


class Words(NamedTuple):
    """The words of a paragraph, those that stand out, what is to be told, and whether some are out."""

    text: str
    looks: tuple[Look, ...]
    told: tuple[Remark, ...]
    is_cut: bool


class _Field:
    """A field in hand: its code, what a form has of it, and how many texts stood before its result."""

    def __init__(self, form: Any) -> None:
        self.code = ""
        self.form = form
        self.before: int | None = None


class _Paragraph:
    """Gathers the words of a paragraph."""

    def __init__(self, looks: Looks, notes: Mapping[tuple[str, str], Remark]) -> None:
        self.looks = looks
        self.notes = notes
        self.kept: list[str] = []
        # By how they stand out; words that follow one another are one.
        self.standing: dict[str, list[str]] = {kind: [""] for kind in LOOKS}
        self.out: dict[str, list[str]] = {"strike": [], "vanish": [], "ruby": [], "asks": []}
        self.told: list[Remark] = []
        self.fields: list[_Field] = []
        self.is_white = False

    def take(self, element: Any) -> None:
        """Take an element: words, a note, a part of a field, or a picture."""
        if text := _words(element):
            self.words(element, text)
        elif note := self.notes.get((_kind(element), str(element.get(SPACE + "id")))):
            self.told.append(note)
        elif element.tag in _DRAWN:
            self.told += _pictures(element)
        elif element.tag == SPACE + "fldSimple" and next(element.iter(*_WORDS), None) is None:
            self.field(element.get(SPACE + "instr") or "", None)
        elif element.tag == SPACE + "instrText" and self.fields:
            self.fields[-1].code += element.text or ""
        elif element.tag == SPACE + "fldChar":
            self.part_of_field(element)

    def words(self, element: Any, text: str) -> None:
        """Take words, by how they look."""
        how = self.lost(element)
        if how:
            self.out[how].append(text)
            return
        if self.looks.is_raised(element):
            text = raised(text)
        text = signs.shown(text, self.looks.font(element))
        self.is_white |= self.looks.is_white(element)
        self.kept.append(text)
        for kind, words in self.standing.items():
            words[-1:] = [words[-1] + text] if self.looks.stands_out(element, kind) else [words[-1], ""]

    def lost(self, part: Any) -> str:
        """Say how the words of a part are put out of sight, empty where they count."""
        if part.tag == _RUBY:
            return "ruby"
        if part.getparent().get(controls.ASKS) is not None:
            return "asks"
        names = {"strike": ("strike", "dstrike"), "vanish": ("vanish",)}
        return next(
            (how for how, tags in names.items() if any(self.looks.has(part, tag) for tag in tags)), ""
        )

    def part_of_field(self, element: Any) -> None:
        """Begin a field, come to its result, or end it."""
        kind = element.get(SPACE + "fldCharType")
        if kind == "begin":
            self.fields.append(_Field(element.find(SPACE + "ffData")))
        elif kind == "separate" and self.fields:
            self.fields[-1].before = len(self.kept)
        elif kind == "end" and self.fields:
            field = self.fields.pop()
            if field.before is None or field.before == len(self.kept):
                self.field(field.code, field.form)

    def field(self, code: str, form: Any) -> None:
        """Take a field without a result by its code."""
        text, above = drawn.drawn(code) or (fields.shown(code, form), "")
        if above:
            self.out["ruby"].append(above)
        if text is None:
            self.told.append(Remark(0, _("a field has no result, and is left out: '{text}'"), code.strip()))
        elif text:
            self.kept.append(text)


def read_runs(paragraph: Any, notes: Mapping[tuple[str, str], Remark], looks: Looks) -> Words:
    """Read a paragraph; ``notes`` are the comments and foot notes by kind and number.

    Struck and hidden words, and letters above others, are left out, and told as notes are. A field
    is read by its result, and failing that by what its code draws.
    """
    found = _Paragraph(looks, notes)
    for element in _parts(paragraph):
        found.take(element)
    out = found.out
    told = [_left_out(how, "".join(texts)) for how, texts in out.items() if texts]
    if found.is_white:
        told.append(
            Remark(0, _("words of the cell have the colour of their ground; they are read all the same"))
        )
    standing = tuple(
        Look(kind, 0, words) for kind, texts in found.standing.items() for words in texts if words
    )
    is_cut = any(out[how] for how in ("strike", "vanish", "asks"))
    return Words("".join(found.kept), standing, (*found.told, *told), is_cut)


def _left_out(how: str, text: str) -> Remark:
    if how == "strike":
        return struck_out(0, text)
    if how == "ruby":
        return Remark(0, _("letters stand above words, and are left out: '{text}'"), text.strip())
    why = {
        "vanish": _("words are hidden in the document, and left out: '{text}'"),
        "asks": _("a form asks here, and nothing was filled in: '{text}'"),
    }
    return Remark(0, why[how], text.strip(), empties=True)


def _parts(element: Any) -> Iterator[Any]:
    """Return the parts of a paragraph in order, whatever wraps them; one of what is there twice."""
    for part in branch(element) if element.tag == _ALTERNATE else element:
        yield part
        if part.tag not in _PASSED:
            yield from _parts(part)


def branch(alternate: Any) -> list[Any]:
    """Return which of two ways to write a thing is to be read: the newer one where it has words."""
    ways = [each for each in alternate if next(each.iter(*_WORDS), None) is not None]
    return ways[:1] or list(alternate)[-1:]


def _words(part: Any) -> str:
    if part.tag in _WORDS:
        return part.text or ""
    if part.tag == _RUBY:
        return "".join(letter.text or "" for letter in part.iter(SPACE + "t"))
    if part.tag == SPACE + "sym":
        return signs.of_code(part.get(SPACE + "font") or "", int(part.get(SPACE + "char") or "0", 16))
    if part.tag == _EQUATION:
        return equations.linear(part)
    return _MARKS.get(part.tag, "")


def _pictures(drawn: Any) -> Iterator[Remark]:
    """Tell pictures with what is said of them, and files that stand in a document."""
    if drawn.tag == SPACE + "object":
        about = next((each.get("ProgID") or "" for each in drawn.iter("{*}OLEObject")), "")
        yield Remark(0, _("a file of another program stands here, and is not read: '{text}'"), about)
        return
    if letters := "".join(each.get("string") or "" for each in drawn.iter("{*}textpath")):
        yield Remark(0, _("a text box stands here, and is left out: '{text}'"), letters)
    about = next((each.get("descr") or "" for each in drawn.iter("{*}docPr")), "")
    if about or next(drawn.iter("{*}blip", "{*}imagedata"), None) is not None:
        why = _("a picture stands here, and is not read: '{text}'")
        yield Remark(0, why, about, is_of_file=True)


def _kind(part: Any) -> str:
    return str(part.tag).removeprefix(SPACE).removesuffix("Reference")


def notes(document: Any) -> dict[tuple[str, str], Remark]:
    """Return what is to be told of each comment, foot note and end note, by its kind and number."""
    said = {
        "comment": _("there is a comment, which is left out: '{text}'"),
        "footnote": _("there is a foot note, which is left out: '{text}'"),
        "endnote": _("there is an end note, which is left out: '{text}'"),
    }
    found = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        if kind not in said or relation.is_external:
            continue
        for note in _root(relation.target_part).iter(SPACE + kind):
            lines = (
                "".join(part.text or "" for part in each.iter(*_WORDS)) for each in note.iter(SPACE + "p")
            )
            if text := "\n".join(line.strip() for line in lines if line.strip()):
                found[kind, str(note.get(SPACE + "id"))] = Remark(0, said[kind], text, is_note=True)
    return found


def _root(part: Any) -> Any:
    """Return the root of a part, which python-docx parses only of those that it knows."""
    from docx.oxml import parse_xml  # only a document pays for it

    element = getattr(part, "element", None)
    return element if element is not None else parse_xml(part.blob)
