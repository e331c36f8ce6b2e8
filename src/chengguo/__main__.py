"""``python -m chengguo``, and ``chengguo``: the program from its first line on."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program and exit; who breaks it off while it still loads sees no traceback of that."""
    try:
        from chengguo.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
