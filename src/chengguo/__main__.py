"""``python -m chengguo`` is ``chengguo``."""

from chengguo.cli import main

if __name__ == "__main__":
    main()
