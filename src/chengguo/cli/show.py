"""The command that tells everything about an item or a task."""

from datetime import date
from typing import Annotated

from chengguo.cli import completion, printing
from chengguo.cli.bundles import Shown
from chengguo.cli.declared import Argument, Commands, Context, taking
from chengguo.cli.items import LIST_COLUMNS, items_report
from chengguo.cli.options import AsOfOption
from chengguo.language import _, plural
from chengguo.model import Item
from chengguo.output import views
from chengguo.queries import query
from chengguo.registry import addresses

app = Commands()


@app.command("show", epilog=_("Example: chengguo show 3.2"))
@taking(shown=Shown)
def show(
    context: Context,
    item: Annotated[
        str,
        Argument(metavar="ID", autocompletion=completion.addresses),
    ],
    *,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """Show everything about an item, or about all items of a task.

    ID is an item such as 3.2, or a task such as 3.
    """
    wanted = addresses.parse(item)
    as_of = as_of or date.today()
    document = shown.open(context)
    items = addresses.find(document.registry, wanted)
    own = document.of_plan(items[0].plan)
    rows = tuple(row for row in query.rows(own.registry, as_of) if row.item in items)
    task = rows[0].task
    counted = plural("{count} item", "{count} items", len(rows))
    number = f"{items[0].plan}:{task.id}" if items[0].plan else task.id
    title = (f"{number} {task.title}", _("{items}, as of {day}").format(items=counted, day=as_of))
    report = items_report("show", document, as_of, rows, title, LIST_COLUMNS)
    if shown.chosen != "table":
        shown.write(report, context)
        return
    from chengguo.output.formats import table  # only a table pays for Rich

    source = own.source
    lines = source.positions([_beginning(item) for item in items])
    places = {item.address: f"{source.name}:{place.line}" for item, place in zip(items, lines, strict=True)}
    cards = views.cards(rows, title, own.registry, places, as_of)
    output = printing.output(shown.color or context.obj.color, paged=shown.is_paged(context))
    table.write_view(cards, output, as_cards=True)


def _beginning(item: Item) -> int:
    """Return the offset of an item's id, or of its first field where it has none."""
    spans = item.places.get("id") or [span for each in item.places.values() for span in each]
    return min((span.start for span in spans), default=0)
