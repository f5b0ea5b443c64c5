"""Entry point of `python -m liveroom` and of the frozen program."""

from liveroom.cli import main

if __name__ == "__main__":
    main()
