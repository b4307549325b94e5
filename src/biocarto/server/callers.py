"""Who calls, as far as a limit has to know: a hash of the address with a secret of this process, which ends with it."""

from __future__ import annotations

from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_bytes

from starlette.types import Scope

_SECRET = token_bytes(32)
_HOUSEHOLD = 64
"""Bits of an IPv6 address that its owner cannot choose."""


def _find_network(text: str) -> str:
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, _HOUSEHOLD), strict=False))


def hash_caller(scope: Scope) -> bytes:
    """One value for one IPv4 address or one /64 of IPv6; one for all where nothing is known of them, as behind a socket of Unix.

    The address is uvicorn's: that of the connection, or, where that is a proxy's on this machine (or one that `FORWARDED_ALLOW_IPS`
    names), the last one in X-Forwarded-For that is no such proxy's. What a caller writes there itself stands before it.
    """
    client = scope.get("client")
    return blake2b(_find_network(client[0] if client else "").encode(), key=_SECRET, digest_size=16).digest()
