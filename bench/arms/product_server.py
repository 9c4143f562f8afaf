"""Serve the product as `zhibu serve` does: `python -m bench.arms.product_server PORT`."""

import sys

from zhibu.app import create_app
from zhibu.cli.serving import bound
from zhibu.settings import Settings
from zhibu.web.server import Server

if __name__ == "__main__":
    with bound("127.0.0.1", int(sys.argv[1])) as listening:
        Server(create_app(Settings.load())).run(sockets=[listening])
