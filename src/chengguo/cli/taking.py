"""Options that several commands take together, declared once as the fields of a value.

``@taking(filters=Filters)`` gives a command every option of ``Filters``, and the command a ``Filters``.
The help lists them under the ``panel()`` of the bundle; without one they stand among the command's own.
"""

import inspect
from collections.abc import Callable, Collection
from copy import copy
from functools import wraps
from typing import Annotated, Any, get_args, get_type_hints

Command = Callable[..., None]


def taking(*, without: Collection[str] = (), **bundles: type[Any]) -> Callable[[Command], Command]:
    """Return a decorator: each keyword of the command that is named here is made of the options of a bundle.

    An option that the command declares itself stands instead of the one of that name in a bundle; the
    command does not get those that it is ``without``.
    """

    def decorate(command: Command) -> Command:
        signature = inspect.signature(command, eval_str=True)
        before = {name: each for name, each in signature.parameters.items() if name not in bundles}
        options = {
            name: inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=bundle._field_defaults[name],
                annotation=_in_panel(annotation, bundle.panel() if hasattr(bundle, "panel") else ""),
            )
            for bundle in bundles.values()
            for name, annotation in get_type_hints(bundle, include_extras=True).items()
            if name not in before and name not in without
        }

        @wraps(command)
        def called(**given: Any) -> None:
            made = {
                name: bundle(**{each: given.pop(each) for each in bundle._fields if each in options})
                for name, bundle in bundles.items()
            }
            command(**given, **made)

        parameters = [*before.values(), *options.values()]
        called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {each.name: each.annotation for each in parameters}
        return called

    return decorate


def _in_panel(annotation: Any, title: str) -> Any:
    """Return the annotation of an option with the title under which the help lists it, where it has one."""
    if not title:
        return annotation
    kind, option = get_args(annotation)
    option = copy(option)
    option.rich_help_panel = title
    return Annotated[kind, option]
