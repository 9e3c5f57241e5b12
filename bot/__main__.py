"""The program: `sidenote` and `python -m bot` do the same."""

from bot.cli import main

if __name__ == "__main__":
    main()
