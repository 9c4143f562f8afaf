"""Serve the product as `zhibu serve` does: `python -m bench.arms.product_server PORT`."""

import sys

import uvicorn

from zhibu.app import create_app
from zhibu.settings import Settings
from zhibu.web.protocol import Protocol

if __name__ == "__main__":
    uvicorn.run(create_app(Settings.load()), port=int(sys.argv[1]), http=Protocol, access_log=False)
