"""An address on the web → the bytes it gives, within limits of time, size, redirects and where it may lead.

Each hop is resolved here, refused when any of its addresses is private, and connected to at the address that was
checked, so that a name cannot lead elsewhere between the check and the connection.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
import urllib.request
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import TracebackType
from typing import Any, NoReturn

import httpx

from sayso.errors import FetchError, FetchTimeout, TooLong, UnsafeAddress
from sayso.settings import Settings
from sayso.sources.inflate import Inflater

__all__ = ["Page", "fetch"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ip_network("64:ff9b::/96")
_MAX_ADDRESSES = 4  # of one host that are tried
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain,application/rss+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_STATUS_ADVICE = {
    401: "it asks for a login; save the page in your browser and give the file",
    402: "it asks for payment; save the page in your browser and give the file",
    403: "it refuses programs; save the page in your browser and give the file",
    404: "there is no such page; check the address",
    410: "the page was removed; look for a copy in a web archive",
    429: "it is asked too often; try again later",
    451: "the page is withheld for legal reasons; look for a copy in a web archive",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: its bytes, unpacked, the address it came from in the end, and its Content-Type."""

    data: bytes
    url: str
    content_type: str | None


def fetch(url: str, settings: Settings) -> Page:
    """Fetch an address over http or https.

    Raises UnsafeAddress when it leads to a private network and ``settings.fetch_private`` is off, FetchTimeout after
    ``settings.fetch_timeout`` seconds in all, TooLong above ``settings.max_bytes``, FetchError for everything else.
    """
    context = httpx.create_ssl_context()
    with _Deadline(settings.fetch_timeout, url) as deadline:
        here = _address(url)
        for _ in range(settings.fetch_redirects + 1):
            answer = _hop(here, settings, context, deadline)
            if isinstance(answer, Page):
                return answer
            here = answer
    raise FetchError(
        f"{url} redirects more than {settings.fetch_redirects} times; give the address it ends at, "
        "or raise SAYSO_FETCH_REDIRECTS"
    )


def _address(url: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        address = base.join(url) if base else httpx.URL(url)
        host = address.host
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(f"{url[:200]!r} is no web address ({error}); check it") from error
    if address.scheme not in {"http", "https"} or not host:
        what = f"{base} redirects to" if base else "this is"
        raise FetchError(f"{what} {url[:200]!r}, which is no http or https address; give the address of a page")
    return address


def _hop(here: httpx.URL, settings: Settings, context: ssl.SSLContext, deadline: _Deadline) -> Page | httpx.URL:
    """Ask one address; give the page, or where it redirects to."""
    proxy = _proxy(here)
    targets = _checked(here, settings, proxied=proxy is not None)
    # A fresh client for each hop: nothing of one host (connection, cookies) may serve another at the same address.
    with httpx.Client(verify=context, proxy=proxy, trust_env=False, timeout=deadline.left()) as client:
        for number, target in enumerate(targets, start=1):
            request = client.build_request(
                "GET",
                here if target is None else here.copy_with(host=str(target)),
                headers={**_HEADERS, "User-Agent": settings.user_agent, "Host": here.netloc.decode("ascii")},
                extensions={"sni_hostname": here.host, "trace": deadline.trace},
            )
            try:
                response = client.send(request, stream=True)
                try:
                    answer = _answer(here, response, settings, deadline)
                finally:
                    response.close()
                deadline.left()  # a connection that was cut can look like the end of the page
                return answer
            except httpx.ConnectError as error:
                if number == len(targets) or deadline.passed:
                    _fail(here, error, deadline)
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                _fail(here, error, deadline)
    raise FetchError(f"{here} has no address to connect to; check it")


def _fail(here: httpx.URL, error: Exception, deadline: _Deadline) -> NoReturn:
    if isinstance(error, httpx.TimeoutException) or deadline.passed:
        raise FetchTimeout(
            f"{here} did not answer within {deadline.seconds:g} seconds; try again, or raise SAYSO_FETCH_TIMEOUT"
        ) from error
    raise FetchError(f"{here} cannot be read ({str(error) or type(error).__name__}); check the address") from error


def _proxy(here: httpx.URL) -> str | None:
    """Give the proxy that the environment names for an address, as other programs find it."""
    if urllib.request.proxy_bypass(here.host):
        return None
    proxies = urllib.request.getproxies()
    found = proxies.get(here.scheme) or proxies.get("all")
    return found if not found or "://" in found else f"http://{found}"


def _checked(here: httpx.URL, settings: Settings, *, proxied: bool) -> list[IPv4Address | IPv6Address | None]:
    """Resolve a host and give the addresses to connect to; None stands for "as the proxy resolves it"."""
    try:
        port = here.port or (443 if here.scheme == "https" else 80)
        answers = socket.getaddrinfo(here.raw_host.decode("ascii").strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if proxied:
            return [None]  # inside a network that only its proxy leaves, names of the world do not resolve
        raise FetchError(f"{here.host} cannot be found ({error}); check the address and your connection") from error
    addresses = list(dict.fromkeys(ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers))
    if not settings.fetch_private:
        for address in addresses:
            if not _is_public(address):
                what = f"{address} is" if str(address) == here.host else f"{here.host} leads to {address}, which is"
                raise UnsafeAddress(
                    f"{what} not a public address; set SAYSO_FETCH_PRIVATE=1 if you mean to read from there"
                )
    return [None] if proxied else [*addresses[:_MAX_ADDRESSES]]


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    inner: list[IPv4Address | None] = []
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped is not None:
            return _is_public(address.ipv4_mapped)
        if address.is_site_local:
            return False
    if any(part is not None and not _is_public(part) for part in inner):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _answer(here: httpx.URL, response: httpx.Response, settings: Settings, deadline: _Deadline) -> Page | httpx.URL:
    status = response.status_code
    if status in _REDIRECTS and "location" in response.headers:
        return _address(response.headers["location"], here)
    if status >= 400:
        advice = _STATUS_ADVICE.get(status)
        if advice is None:
            advice = "the server failed; try again later" if status >= 500 else "check the address"
        raise FetchError(f"{here} answers {status} {response.reason_phrase}: {advice}")
    if status != 200:
        raise FetchError(f"{here} answers {status} {response.reason_phrase} and no page; check the address")
    data = _body(here, response, settings.max_bytes, deadline)
    return Page(data, str(here.copy_with(userinfo=b"", fragment=None)), response.headers.get("content-type"))


def _body(here: httpx.URL, response: httpx.Response, limit: int, deadline: _Deadline) -> bytes:
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        _refuse_size(here, f"{int(declared):,}", limit)
    inflater = Inflater(response.headers.get("content-encoding"))
    data = bytearray()
    for chunk in response.iter_raw():
        deadline.left()
        for part in inflater.feed(chunk):
            data += part
            if len(data) > limit:
                _refuse_size(here, f"more than {limit:,}", limit)
    inflater.finish()
    return bytes(data)


def _refuse_size(here: httpx.URL, size: str, limit: int) -> NoReturn:
    raise TooLong(f"{here} has {size} bytes, the limit is {limit:,}; raise SAYSO_MAX_BYTES if you mean to read it")


class _Deadline:
    """Ends a fetch after so many seconds in all, also one that drips a byte now and then: it shuts its connection."""

    def __init__(self, seconds: float, url: str) -> None:
        self.seconds = seconds
        self.passed = False
        self._url = url
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def left(self) -> float:
        """Give the seconds left; raises FetchTimeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0 or self.passed:
            raise FetchTimeout(
                f"{self._url} did not answer within {self.seconds:g} seconds; try again, or raise SAYSO_FETCH_TIMEOUT"
            )
        return left

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Learn from httpx's trace which socket the connection uses, also through a proxy."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                # TLS inside the TLS of a proxy has no socket of its own.
                self._socket = info["return_value"].get_extra_info("socket") or self._socket
            if self.passed:
                self._cut()

    def _cut(self) -> None:
        self.passed = True
        with self._lock:
            if self._socket is not None and self._socket.fileno() >= 0:
                # Not the TLS socket's own shutdown, which would take its state from under the reading thread.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
