"""``python -m ovning``."""

from ovning.cli import main

if __name__ == "__main__":
    main()
