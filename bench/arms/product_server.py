"""Serve the product as `zhibu serve` does: `python -m bench.arms.product_server PORT`."""

import sys

from zhibu.cli.starting import begin, begun


def main() -> None:
    begin()
    from zhibu.app import create_app
    from zhibu.cli.serving import bound
    from zhibu.cli.terminal import UNAVAILABLE
    from zhibu.declared import parts_of
    from zhibu.plugins import discover
    from zhibu.settings import Settings
    from zhibu.web.replacing import replaceable
    from zhibu.web.server import Server

    with bound("127.0.0.1", int(sys.argv[1])) as listening:
        settings = Settings.load()
        parts_of(discover(settings.plugins))
        replaceable(listening, not_now=UNAVAILABLE)
        server = Server(create_app(settings))
        begun()
        server.run(sockets=[listening])


if __name__ == "__main__":
    main()
