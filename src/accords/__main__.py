"""Where the command starts: an interruption ends it without a word, however early it comes.

1. While modules are imported, an interruption leaves at once: nothing is open, nothing is half done.
2. From then on it is raised where it comes, so that children end and temporary files go (`cli.run`).
"""

import os
import signal

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its code."""
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not so behind nohup
    if heeded:
        signal.signal(signal.SIGINT, _leave)
    from accords.cli import run  # noqa: PLC0415  # not before an interruption can be told

    try:
        if heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        _leave()


def _leave(*_signal: object) -> None:
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
