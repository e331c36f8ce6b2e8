"""HTML to rows: tables with their merged cells, and the text around them."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from chengguo.importing import bounds
from chengguo.importing.formats import markdown, signs
from chengguo.importing.formats.css import Look, Styles
from chengguo.importing.formats.html_table import Table
from chengguo.importing.formats.letters import raised
from chengguo.importing.formats.marks import inside, outside
from chengguo.importing.rows import LOOKS, Remark, Row
from chengguo.language import _

_BLOCKS = frozenset(
    re.split(
        r"\s+",
        "p div br hr h1 h2 h3 h4 h5 h6 li ul ol dl dt dd caption section article aside header footer main "
        "nav pre blockquote figure figcaption fieldset legend address form details summary center tr td th",
    )
)
# Names that programs give to HTML, so that Office opens it; and some of workbooks and documents.
MAY_BE_PAGES = (".xls", ".doc", ".et", ".wps", ".xlsm", ".docm")
PAGE = re.compile(
    r"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype html|html|meta|head|table|body)\b", re.IGNORECASE | re.DOTALL
)
# What elements make of the words in them by their names.
_EFFECTS = {
    **dict.fromkeys(("script", "style"), "silent"),
    **dict.fromkeys(("s", "del", "strike"), "strikes"),
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("u", "ins"), "underlined"),
    **dict.fromkeys(("noscript", "template", "annotation"), "hides"),
    **dict.fromkeys(("rt", "rp"), "above"),
    "title": "title",
    "sup": "raises",
}
_ENDED_BY_NEXT = frozenset(["p", "li", "dt", "dd", "rt", "rp", "option"])
_COUNTED = frozenset({"pre", "option", "datalist", "ul", "ol"})
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_MOST_LOOKS = 100
_MOST_ROWS = 3  # times those of a file
_DEEPEST = 1000  # such elements in one another
_EMPTY = frozenset(re.split(" ", "area base br col embed hr img input link meta param source track wbr"))
_LAID_OUT = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "html", "body", "head"})
_BOXES = {("checkbox", True): "☑", ("checkbox", False): "□", ("radio", True): "●", ("radio", False): "○"}
# Attributes that say more of a place, at the pointer or to who cannot see it.
_SAY_MORE = ("title", "aria-label", "placeholder", "summary", "label", "srcdoc")
_BUTTONS = frozenset({"submit", "button", "reset"})
_UNSEEN_INPUTS = frozenset({"hidden", "password", "submit", "button", "reset", "image", "file"})
_DATA = re.compile(r"\bdata:[^\s\"'<>]{200,}+", re.IGNORECASE)  # pictures within a tag
_LONG_TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*+"|'[^']*+'){20000,}+""", re.IGNORECASE)
_LINES_KEPT = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*[\"']?([\w ]+)", re.IGNORECASE)
_MACHINE = re.compile(
    r"\s*\[(?:if|end)|\s*(?:/?\*|@|\.|[\w.#, -]+\{)|.*(?:StartFragment|EndFragment)|\s*<", re.IGNORECASE
)
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)


def recognises(text: str, kind: str) -> bool:
    """True for a page, whatever its name, and for Markdown whose only table is one of HTML."""
    is_named = kind in {".html", ".htm", *MAY_BE_PAGES}
    return (
        is_named
        or bool(PAGE.match(text))
        or (kind == ".md" and "<table" in text and not markdown.has_table(text))
    )


def read(text: str, name: str) -> list[Row]:
    """Read the rows of every table, and each block of text outside of tables as a row of one cell.

    A table in a table is text of the outer cell, unless the outer one only lays out the page. Raises
    ``Refused`` for a page that is too large.
    """
    page = _DATA.sub("data:", text)
    whole = sound(text)
    if whole.count("<") > bounds.PAGE_TAGS or _LONG_TAG.search(whole):
        raise bounds.too_large(name)
    parser = _Parser(name, Styles(page))
    parser.feed(whole)
    parser.close()
    while len(parser.tables) > 1:
        parser.end_table()
    parser.choose()
    parser.block()
    rows = _numbered(parser.tables[0].apart)
    told = (*parser.told, *_said_aside(page, parser, rows))
    return [*rows, Row(1, (), remarks=told)] if told else rows


def _said_aside(page: str, parser: "_Parser", rows: list[Row]) -> Iterator[Remark]:
    """Return what no row has: the title of the page, comments, words of attributes and of styles."""
    title = " ".join("".join(parser.title).split())
    if title and not any(title in cell for row in rows for cell in row.cells):
        yield Remark(0, _("the title of the page is left out: '{text}'"), title, is_of_file=True)
    shown = {cell for row in rows for cell in row.cells}
    more = [each for each in parser.more if each not in shown]
    if more:
        why = _("the page says more, which is left out: '{text}'")
        yield Remark(0, why, " | ".join(more), is_of_file=True)
    if parser.styles.words:
        why = _("styles put words into the page, which are left out: '{text}'")
        yield Remark(0, why, " | ".join(parser.styles.words), is_of_file=True)
    for code in ("script", "style"):
        page = "".join(outside(page, f"<{code}", f"</{code}"))
    aside = (*inside(page, "<!--", "-->"), *inside(page, "<![cdata[", "]]>"))
    comments = (" ".join(each.split()) for each in aside)
    said = [each for each in comments if any(map(str.isalpha, each)) and not _MACHINE.match(each)]
    if said:
        why = _("comments in the source of the page are left out: '{text}'")
        yield Remark(0, why, " | ".join(dict.fromkeys(said)), is_of_file=True)


def sound(text: str) -> str:
    """Leave out comments, pictures in tags, and tags without an end: the parser looks for each end anew."""
    text = _DATA.sub("data:", text)
    text = _ASIDE.sub(lambda aside: "\n" * aside[0].count("\n"), text)
    end = text.rfind(">") + 1
    return text[:end] + text[end:].replace("<", "&lt;")


def _font(attributes: dict[str, str | None]) -> str:
    """Return what attributes say of the font."""
    found = _FONT.search(attributes.get("style") or "")
    return found[1] if found else attributes.get("face") or ""


def _numbered(rows: list[Row]) -> list[Row]:
    """Count the tables anew, in order; the first has no number."""
    order = {name: place for place, name in enumerate(dict.fromkeys(row.table for row in rows if row.table))}
    return [row._replace(table=str(order[row.table] + 1) if order.get(row.table) else "") for row in rows]


class _Parser(HTMLParser):
    """Collects the rows of tables, the innermost last; the first of ``tables`` is the page itself."""

    def __init__(self, name: str, styles: Styles) -> None:
        super().__init__()
        self.name = name
        self.styles = styles
        self.tables = [Table("")]
        self.wrapped: list[tuple[str, tuple[str, ...]]] = []  # elements in hand, and what each makes of words
        self.open: Counter[str] = Counter()  # them by their names
        self.effects: Counter[str] = Counter()
        self.choices: list[tuple[bool, list[str]]] = []  # of a list, whether each is chosen
        self.title: list[str] = []
        self.told: list[Remark] = []  # of the page
        self.more: dict[str, None] = {}  # what attributes say of places outside of tables
        self.lists: list[int | None] = []  # those in hand: the last number of each, None of one without
        self.count = 0
        self.rows = 0  # that were read, those of tables in tables too
        self.cells = 0  # that were read, with those that merged ones cover

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, a line, or what makes something of its words."""
        attributes = dict(attrs)
        if tag in _LAID_OUT:
            self.lay_out(tag, attributes)
        elif tag not in _EMPTY:
            self.wrap(tag, attributes)
        elif tag == "img" and (about := (attributes.get("alt") or "").strip()):
            why = _("a picture stands here, and is not read: '{text}'")
            self.told.append(Remark(0, why, about, is_of_file=True))
        elif tag == "input" and (kind := (attributes.get("type") or "text").lower()) not in _UNSEEN_INPUTS:
            box = _BOXES.get((kind, "checked" in attributes))
            self.say(box or " ".join((attributes.get("value") or "").split()))
        if tag == "option":
            said = attributes.get("value") if self.open["datalist"] > 0 else None
            self.choices.append(("selected" in attributes, [said] if said else []))
        elif tag == "datalist":
            self.choose()
        if tag in _BLOCKS:
            self.new_line()
        self.mark(tag, attributes.get("start") or "")
        if attributes:
            self.say_more(attributes)

    def mark(self, tag: str, start: str) -> None:
        """Begin a heading, a list, or a line of one: what is drawn before its words."""
        if tag in {"ul", "ol"}:
            first = int(start) if start.isascii() and start.isdigit() else 1
            self.lists.append(first - 1 if tag == "ol" else None)
        elif tag == "li" and len(self.tables) == 1:
            number = self.lists[-1] if self.lists else None
            self.tables[-1].mark = "•" * max(1, len(self.lists))
            if number is not None:
                self.lists[-1] = number + 1
                self.say(f"{number + 1}.")
        elif tag in _HEADINGS:
            self.tables[-1].mark = _HEADINGS[tag]

    def say_more(self, attributes: dict[str, str | None]) -> None:
        """Take what attributes say of a place: of a cell with it, else with the page."""
        texts = [attributes.get(name) for name in _SAY_MORE]
        texts += [attributes.get("value")] if attributes.get("type") in _BUTTONS else []
        for text in (" ".join(each.split()) for each in texts if each):
            if len(self.tables) == 1:
                self.more[text] = None
            else:
                for words in (self.tables[-1].words, self.tables[-1].loose):
                    words.take(f"{text}\n", "more", self.getpos()[0])

    def lay_out(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Begin a table, a row or a cell. A cell that is hidden takes no column."""
        table, line = self.tables[-1], self.getpos()[0]
        if tag == "table":
            self.block()
            self.count += 1
            self.tables.append(Table(str(self.count), len(self.wrapped)))
            self.tables[-1].keeps_lines = bool(_LINES_KEPT.search(attributes.get("style") or ""))
            self.add(len(self.tables))
        if len(self.tables) == 1 or tag not in {"tr", "td", "th"}:
            return
        look = self.styles.look(tag, attributes)
        if tag == "tr":
            self.end_row()
            table.line = line
            if look.hides:
                table.note = _("the row is hidden on the page; it is read all the same")
                look = look._replace(hides=False)
            self.wrap(tag, {}, look)
            table.around = len(self.wrapped)  # what a row makes of words holds in each of its cells
            return
        self.end_cell()
        table.around = len(self.wrapped)
        if not look.hides:
            self.add(table.begin(attributes))
        self.wrap(tag, {}, look)

    def wrap(self, tag: str, attributes: dict[str, str | None], look: Look | None = None) -> None:
        """Begin an element by what it makes of its words; another is not kept in hand."""
        if tag in _ENDED_BY_NEXT:
            self.end_wrapper(tag, self.tables[-1].depth)
        look = look or self.styles.look(tag, attributes)
        looks = {name for name, is_so in look._asdict().items() if is_so}
        effects = tuple({_EFFECTS.get(tag, ""), signs.named(_font(attributes)), *looks} - {""})
        looks_alone = bool(effects) and set(effects) <= set(LOOKS)
        if looks_alone and sum(self.effects[each] for each in LOOKS) > _MOST_LOOKS:
            return  # they were never ended
        if effects or self.open[tag] > 0 or tag in _COUNTED:
            self.wrapped.append((tag, effects))
            self.open[tag] += 1
            self.effects.update(effects)
        if len(self.wrapped) > _DEEPEST:
            raise bounds.too_large(self.name)

    def unwrap(self, depth: int) -> None:
        """End the elements that began since there were so many."""
        while len(self.wrapped) > depth:
            tag, effects = self.wrapped.pop()
            self.open[tag] -= 1
            self.effects.subtract(effects)

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        table = self.tables[-1]
        if tag in {"select", "datalist"}:
            self.choose(has_chosen=tag == "select")
        if len(self.tables) > 1 and tag == "table":
            self.end_table()
        elif len(self.tables) > 1 and tag in {"td", "th"}:
            self.end_cell()
        elif len(self.tables) > 1 and tag == "tr":
            self.end_row()
        elif tag not in _LAID_OUT:
            self.end_wrapper(tag, table.depth)
        if tag in _BLOCKS:
            self.new_line()
            self.tables[-1].mark = ""
        if tag in {"ul", "ol"}:
            self.lists = self.lists[:-1]

    def end_row(self) -> None:
        """End the row in hand, with what was not ended in it."""
        table = self.tables[-1]
        self.count_row(table)
        self.choose()
        self.add(table.end_row(self.getpos()[0]))
        table.around = table.depth
        self.unwrap(table.depth)

    def end_cell(self) -> None:
        """End the cell in hand, with what was not ended in it."""
        table = self.tables[-1]
        self.choose()
        table.end_cell(self.getpos()[0])
        self.unwrap(table.around)

    def end_wrapper(self, tag: str, depth: int) -> None:
        """End the last element of a name, with those in it; none around the table in hand."""
        if self.open[tag] > 0:
            inner = next(
                (at for at in range(len(self.wrapped) - 1, depth - 1, -1) if self.wrapped[at][0] == tag), None
            )
            if inner is not None:
                self.unwrap(inner)

    def handle_data(self, data: str) -> None:
        """Take text; white space of the source is one space, but for line feeds where they are kept."""
        keeps_lines = self.tables[-1].keeps_lines or self.open["pre"] > 0
        font = next((each for each in signs.FONTS if self.effects[each] > 0), None)
        lines = signs.shown(data, font).replace("\xa0", " ").split("\n")
        is_typed = self.open["pre"] > 0 and len(self.tables) == 1  # tabs and spaces may part its columns
        lines = [line.strip() if is_typed else " ".join(line.split()) for line in lines]
        if self.effects["silent"] > 0 or not any(lines):
            return
        if self.effects["title"] > 0:
            self.title.append(data)
        elif self.open["option"] > 0 and self.choices:
            self.choices[-1][1].append(" ".join(filter(None, lines)))
        elif keeps_lines and len(self.tables) == 1:
            for line in lines:
                self.say(line)
                self.block()
        else:
            self.say(("\n" if keeps_lines else " ").join(filter(None, lines)))

    def say(self, text: str) -> None:
        """Take words that are shown, or are not for how they look."""
        how = next((each for each in ("strikes", "hides", "above", "choice") if self.effects[each] > 0), "")
        text = raised(text) if self.effects["raises"] > 0 else text
        for words in (self.tables[-1].words, self.tables[-1].loose) if text else ():
            words.take(text, how, self.getpos()[0])
        if not how and text.strip():
            self.tables[-1].look(text.strip(), [kind for kind in LOOKS if self.effects[kind] > 0])

    def choose(self, *, has_chosen: bool = True) -> None:
        """Take what is chosen of a list, if anything: the first where none is; the others are told."""
        if not self.choices:
            return
        chosen = next((at for at, (is_chosen, _words) in enumerate(self.choices) if is_chosen), 0)
        texts = ["".join(words) for _is_chosen, words in self.choices]
        self.choices.clear()
        if has_chosen:
            self.say("".join(texts[chosen : chosen + 1]))
            texts[chosen : chosen + 1] = []
        others = "、".join(filter(None, texts))
        for words in (self.tables[-1].words, self.tables[-1].loose) if others else ():
            words.take(others, "choice", self.getpos()[0])

    def add(self, cells: int) -> None:
        """Count cells; raises ``Refused`` beyond what a table may have."""
        self.cells += cells
        if self.cells > 2 * bounds.CELLS:  # each is counted in its turn, and in its row
            raise bounds.too_large(self.name)

    def count_row(self, table: Table) -> None:
        """Count the row in hand; raises ``Refused`` beyond what a file may have."""
        self.rows += bool(table.cells)
        if self.rows > _MOST_ROWS * bounds.ROWS:
            raise bounds.too_large(self.name)

    def new_line(self) -> None:
        """Begin a line of a cell, or a block of the page."""
        if len(self.tables) > 1:
            self.tables[-1].words.take("\n", "", 0)
        self.block()

    def block(self) -> None:
        """Make a row of the text so far, for a reading apart from the table it stands in."""
        self.tables[-1].block(self.getpos()[0])

    def end_table(self) -> None:
        """End a table: what it says belongs to the cell that it stands in, or stands for itself."""
        self.choose()
        table, line = self.tables.pop(), self.getpos()[0]
        self.count_row(table)
        self.unwrap(table.depth)
        self.add(table.end(line))
        table.block(line)
        outer = self.tables[-1]
        outer.inner += max(table.own, table.inner)
        outer.apart += table.apart if table.inner > table.own else table.rows
        for text in ("\n", "\n".join(" ".join(filter(None, row.cells)) for row in table.rows), "\n"):
            outer.words.take(text, "", line)
        if len(self.tables) > 1:
            outer.remarks += [
                each._replace(place=outer.span[0]) for row in table.rows for each in row.remarks
            ]
