"""moto's server on a loopback port of its own, in this process."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

# No configuration of the user's AWS tools, no proxy, the policies of AWS, and none of moto's images.
os.environ.update({
    "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true",
    "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
})
for _name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_CA_BUNDLE", "MOTO_ACCOUNT_ID"):
    os.environ.pop(_name, None)


@contextmanager
def serving() -> Iterator[None]:
    """Serves as long as the block runs; the clients of api talk to it."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    from . import api

    _prepare()
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    api.connect(f"http://{host}:{port}")
    try:
        yield
    finally:
        server.stop()


@lru_cache
def _prepare() -> None:
    """Patches moto, once in a process."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication

    from . import engine

    engine.install()
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    # It lists moto's folder for each request.
    DomainDispatcherApplication.get_backend_for_host = lru_cache(DomainDispatcherApplication.get_backend_for_host)
