from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from sayso.errors import EmptyText, FetchError, FetchTimeout, NotText, TooLong, UnsafeAddress
from sayso.settings import Settings
from sayso.sources import load
from sayso.sources.fetch import fetch

from .conftest import Site

TEXT = "The port stays open all winter, the minister said.\n\nShe gave no date.\n"


def test_a_page_is_loaded_with_its_address(site: Site, local: Settings) -> None:
    article = load(site.serve("/a.txt", TEXT.encode(), "text/plain"), settings=local)
    assert article.text == TEXT
    assert article.url == site.url + "/a.txt"
    assert site.asked[0][1]["User-Agent"] == local.user_agent


def test_the_servers_charset_is_respected(site: Site, local: Settings) -> None:
    url = site.serve("/a", "Порт открыт, сказал министр.".encode("koi8-r"), "text/plain; charset=koi8-r")
    assert load(url, settings=local).text == "Порт открыт, сказал министр."


def test_the_media_type_decides_what_it_is(site: Site, local: Settings) -> None:
    url = site.serve("/a.html", b"<p>Said <b>he</b></p>", "text/plain")
    assert load(url, settings=local).text == "<p>Said <b>he</b></p>"
    with pytest.raises(NotText, match="image/png"):
        load(site.serve("/b", b"words", "image/png"), settings=local)


@pytest.mark.parametrize(
    ("status", "advice"),
    [(404, "no such page"), (403, "save the page"), (500, "try again"), (418, "check the address")],
)
def test_a_bad_status_is_an_error_with_what_to_do(site: Site, local: Settings, status: int, advice: str) -> None:
    with pytest.raises(FetchError, match=rf"{status} .*{advice}"):
        load(site.serve("/a", b"no", status=status), settings=local)


def test_redirects_are_followed_and_the_last_address_is_kept(site: Site, local: Settings) -> None:
    site.serve("/c/new.txt", TEXT.encode(), "text/plain")
    site.serve("/b", b"", status=307, Location="c/new.txt#part")
    url = site.serve("/a", b"", status=301, Location=site.url + "/b")
    assert load(url, settings=local).url == site.url + "/c/new.txt"


def test_a_redirect_loop_ends(site: Site, local: Settings) -> None:
    url = site.serve("/a", b"", status=302, Location="/a")
    with pytest.raises(FetchError, match="more than 5 times"):
        load(url, settings=local)
    assert len(site.asked) == 6


@pytest.mark.parametrize("target", ["ftp://a.example/x", "file:///etc/hostname", "gopher://a.example/"])
def test_a_redirect_leads_only_to_http(site: Site, local: Settings, target: str) -> None:
    with pytest.raises(FetchError, match="no http or https"):
        load(site.serve("/a", b"", status=302, Location=target), settings=local)


def test_a_server_that_does_not_answer_times_out(site: Site) -> None:
    done = threading.Event()

    def sleep(handler: BaseHTTPRequestHandler) -> None:
        done.wait(10)

    site.pages["/slow"] = sleep
    start = time.monotonic()
    with pytest.raises(FetchTimeout, match=r"within 0\.3 seconds.*SAYSO_FETCH_TIMEOUT"):
        load(site.url + "/slow", settings=Settings(fetch_private=True, fetch_timeout=0.3))
    assert time.monotonic() - start < 3
    done.set()


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_times_out_too(site: Site, part: str) -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if part == "body" else b""))
        while not stop.wait(0.05):
            handler.wfile.write(b"x")

    site.pages["/drip"] = drip
    start = time.monotonic()
    with pytest.raises(FetchTimeout):
        fetch(site.url + "/drip", Settings(fetch_private=True, fetch_timeout=0.5))
    assert time.monotonic() - start < 3
    stop.set()


def test_a_body_that_drips_times_out_where_its_connection_cannot_be_cut(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sayso.sources.fetch as module

    monkeypatch.setattr(module._Deadline, "trace", lambda self, event, info: None)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.pages["/drip"] = drip
    start = time.monotonic()
    with pytest.raises(FetchTimeout):
        fetch(site.url + "/drip", Settings(fetch_private=True, fetch_timeout=0.5))
    assert time.monotonic() - start < 3


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl to make a certificate with")
@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_behind_an_https_proxy_times_out_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: str
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-subj", "/CN=a.example", "-addext", "subjectAltName=DNS:a.example"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr("sayso.sources.fetch.httpx.create_ssl_context", lambda: trusting)
    resolve(monkeypatch, {"a.example": [["192.0.2.1"]]})
    hung_up = threading.Event()

    def tunnel(listener: socket.socket) -> None:
        plain, _ = listener.accept()
        plain.recv(10_000)
        plain.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with serving.wrap_socket(plain, server_side=True) as inner:
            inner.recv(10_000)
            try:
                inner.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if part == "body" else b""))
                for _ in range(100):
                    inner.sendall(b"x")
                    time.sleep(0.05)
            except OSError:
                hung_up.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=tunnel, args=(listener,))
        thread.start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{listener.getsockname()[1]}")
        start = time.monotonic()
        with pytest.raises(FetchTimeout):
            fetch("https://a.example/", Settings(fetch_private=True, fetch_timeout=1))
        assert time.monotonic() - start < 3
        thread.join()
    assert hung_up.is_set()


def test_a_page_above_the_limit_is_refused_by_its_length_or_while_it_comes(site: Site) -> None:
    small = Settings(fetch_private=True, max_bytes=10_000)
    with pytest.raises(TooLong, match=r"20,000 bytes, the limit is 10,000"):
        load(site.serve("/a", b"a" * 20_000, "text/plain"), settings=small)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(10_000):
            handler.wfile.write(b"a" * 1_000)

    site.pages["/endless"] = endless
    with pytest.raises(TooLong, match=r"more than 10,000"):
        load(site.url + "/endless", settings=small)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(TEXT.encode())),
        ("gzip", gzip.compress(TEXT[:20].encode()) + gzip.compress(TEXT[20:].encode())),
        ("deflate", zlib.compress(TEXT.encode())),
        ("deflate", zlib.compress(TEXT.encode(), wbits=-15)),
        ("identity", TEXT.encode()),
    ],
)
def test_packed_pages_are_unpacked(site: Site, local: Settings, encoding: str, packed: bytes) -> None:
    assert load(site.serve("/a", packed, "text/plain", Content_Encoding=encoding), settings=local).text == TEXT


def test_a_small_page_that_unpacks_to_a_huge_one_is_refused(site: Site) -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < 100_000
    url = site.serve("/bomb", bomb, "text/plain", Content_Encoding="gzip")
    with pytest.raises(TooLong, match="more than 1,000,000"):
        load(url, settings=Settings(fetch_private=True, max_bytes=1_000_000))


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", b"not gzip at all"),
        ("gzip", gzip.compress(TEXT.encode())[:-12]),
        ("br", b"xx"),
        ("deflate", b"\xff\xff"),
    ],
)
def test_damaged_or_unknown_packing_is_an_error(site: Site, local: Settings, encoding: str, packed: bytes) -> None:
    with pytest.raises(FetchError):
        load(site.serve("/a", packed, "text/plain", Content_Encoding=encoding), settings=local)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://10.1.2.3/x",
        "http://192.168.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/x",
        "http://[fd00::1]/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://[64:ff9b::7f00:1]/x",
        "http://[2002:7f00:1::]/x",
        "http://0.0.0.0/x",
        "http://2130706433/x",
        "http://0x7f.1/x",
        "http://224.0.0.1/x",
        "http://100.64.0.1/x",
    ],
)
def test_private_addresses_are_refused_unless_asked(url: str) -> None:
    with pytest.raises(UnsafeAddress, match="SAYSO_FETCH_PRIVATE"):
        fetch(url, Settings(fetch_timeout=5))


def test_a_refused_address_is_named_once_and_a_name_with_its_address() -> None:
    with pytest.raises(UnsafeAddress, match=r"^127\.0\.0\.1 is not a public address; set"):
        fetch("http://127.0.0.1:9/x", Settings(fetch_timeout=5))
    with pytest.raises(UnsafeAddress, match=r"^\[?::1\]? is not a public address; set"):
        fetch("http://[::1]/x", Settings(fetch_timeout=5))
    with pytest.raises(UnsafeAddress, match=r"^localhost leads to \S+, which is not a public address; set"):
        fetch("http://localhost/x", Settings(fetch_timeout=5))


def resolve(monkeypatch: pytest.MonkeyPatch, table: dict[str, list[list[str]]]) -> None:
    """Make names resolve to the next list of addresses each time they are asked for."""
    real = socket.getaddrinfo

    def fake(host: str, port: int, *args: int, **keys: int) -> object:
        answers = table.get(host)
        if answers is None:
            return real(host, port, *args, **keys)
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", fake)


def test_a_name_is_refused_when_any_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve(monkeypatch, {"a.example": [["93.184.216.34", "10.0.0.1"]]})
    with pytest.raises(UnsafeAddress, match=r"10\.0\.0\.1"):
        fetch("http://a.example/", Settings(fetch_timeout=2))


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import sayso.sources.fetch as module

    # This machine stands for a public one on the first hop only.
    resolve(monkeypatch, {"a.example": [["127.0.0.1"]]})
    real = module._is_public
    monkeypatch.setattr(module, "_is_public", lambda address: str(address) == "127.0.0.1" or real(address))
    site.serve("/a", b"", status=302, Location="http://192.168.1.1/admin")
    with pytest.raises(UnsafeAddress, match=r"192\.168\.1\.1"):
        fetch(site.url.replace("127.0.0.1", "a.example") + "/a", Settings(fetch_timeout=2))


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # A second look-up of the name would lead elsewhere: the page comes only when there is none.
    resolve(monkeypatch, {"a.example": [["127.0.0.1"], ["192.0.2.1"]]})
    site.serve("/a", TEXT.encode(), "text/plain")
    url = site.url.replace("127.0.0.1", "a.example") + "/a"
    page = fetch(url, Settings(fetch_private=True, fetch_timeout=2))
    assert page.data == TEXT.encode()
    assert page.url == url
    assert site.asked[0][1]["Host"] == url.removeprefix("http://").removesuffix("/a")


def test_the_proxy_of_the_environment_is_used(site: Site, local: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve(monkeypatch, {"a.example": [["192.0.2.1"]]})
    monkeypatch.setenv("http_proxy", site.url)
    site.serve("http://a.example/a", TEXT.encode(), "text/plain")
    assert fetch("http://a.example/a", local).data == TEXT.encode()


@pytest.mark.parametrize(
    "url", ["http://", "http://a b/", "http://[::1", "https://" + "a" * 300 + "/", "http://é\ud800/"]
)
def test_an_address_that_is_none_is_a_fetch_error(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, Settings(fetch_timeout=2))


def test_nobody_there_and_not_http_are_fetch_errors(local: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def babble() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(b"220 mail ready\r\n\r\n")

        thread = threading.Thread(target=babble)
        thread.start()
        with pytest.raises(FetchError):
            fetch(f"http://127.0.0.1:{port}/", local)
        thread.join()
    with pytest.raises(FetchError, match="cannot be read"):
        fetch(f"http://127.0.0.1:{port}/", local)


def test_credentials_and_fragments_are_not_kept(site: Site, local: Settings) -> None:
    site.serve("/a", TEXT.encode(), "text/plain")
    page = fetch(site.url.replace("//", "//ada:secret@") + "/a#here", local)
    assert page.url == site.url + "/a"


def test_an_empty_page_is_empty(site: Site, local: Settings) -> None:
    with pytest.raises(EmptyText):
        load(site.serve("/a", b"", "text/html"), settings=local)
