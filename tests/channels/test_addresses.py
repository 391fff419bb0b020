"""What is counted as one address, and what is from this very machine."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from channels.addresses import address_of, counted_as, is_from_this_machine


def request_from(host: str | None, **headers: str) -> Request:
    written = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (host, 40000) if host else None, "headers": written})


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_address_is_counted_as(host: str, counted: str) -> None:
    assert counted_as(host) == counted


def test_all_addresses_of_one_house_on_ipv6_are_one() -> None:
    assert len({counted_as(f"2001:db8:1:2::{number:x}") for number in range(1000)}) == 1
    assert counted_as("2001:db8:1:3::1") != counted_as("2001:db8:1:2::1")


def test_without_a_client_there_is_one_name_for_all() -> None:
    assert address_of(request_from(None)) == "unknown"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_from_this_machine(request_from(host))


@pytest.mark.parametrize("host", ["192.0.2.7", "10.0.0.1", "2001:db8::1", "localhost", None])
def test_elsewhere_is_not(host: str | None) -> None:
    assert not is_from_this_machine(request_from(host))


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "via", "x_real_ip"])
def test_what_a_proxy_on_this_machine_passes_on_is_from_elsewhere(header: str) -> None:
    assert not is_from_this_machine(request_from("127.0.0.1", **{header: "127.0.0.1"}))
