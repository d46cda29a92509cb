"""Addresses of webhooks: no internal one, in any spelling (SSRF)."""

import pytest

from tests.security.world import set_up
from web.errors import Invalid
from web.webhooks.addresses import target

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

INSIDE = (
    "https://127.0.0.1/",
    "https://127。0。0。1/",
    "https://169.254.43518/",
    "https://[::ffff:0:7f00:1]/",
    "https://127.1/",
    "https://127.255.255.254/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://0.0.0.0/",
    "https://0/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.0.1/",
    "https://100.64.0.1/",
    "https://100.100.100.200/",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://168.63.129.16/",
    "https://192.0.0.192/",
    "https://192.0.2.1/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://239.255.255.250/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[::]/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[2001:db8::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
)
NO_ADDRESS = (
    "https://xn--/",
    "https://93.184.216.34:0/",
    "https://①②⑦.0.0.1/",
    "https://0177.0.0.1/",
    "ftp://93.184.216.34/",
    "file:///etc/passwd",
    "gopher://93.184.216.34/",
    "javascript:alert(1)",
    "//93.184.216.34/",
    "93.184.216.34",
    "https://",
    "https:///caminho",
    "https://pessoa:senha@93.184.216.34/",
    "https://93.184.216.34@127.0.0.1/",
    "https://93.184.216.34/#parte",
    "https://93.184.216.34:porta/",
    "https://93.184.216.34:99999/",
    "https://[::1/",
    "https://0177.0.0.1/",
    "https://93.184.216.34/\r\nHost: 127.0.0.1",
    "https://127.0.0.1\\@93.184.216.34/",
)


@pytest.mark.parametrize("address", INSIDE)
async def test_a50_no_spelling_of_an_address_leads_inside(address):
    assert await refused(address) == "private_address"


@pytest.mark.parametrize("address", ["https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/"])
async def test_a50_digits_of_other_shapes_lead_nowhere(address):
    assert await refused(address) in ("private_address", "not_a_web_address")


@pytest.mark.parametrize("address", NO_ADDRESS)
async def test_a50_what_is_no_address_of_the_web_is_refused(address):
    assert await refused(address) == "not_a_web_address"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://nao-existe.invalid/", "unresolved"),
        ("https://nao existe.invalid/", "unresolved"),
        (f"https://{'a' * 64}.example/", "unresolved"),
        (f"https://93.184.216.34/{'a' * 500}", "too_long"),
        ("http://93.184.216.34/", "not_https"),
    ],
)
async def test_a50_what_leads_nowhere_or_can_be_read_on_its_way_is_refused(address, code):
    assert await refused(address) == code


@pytest.mark.parametrize(
    ("address", "pinned", "host_header"),
    [
        ("https://93.184.216.34/guiche?a=1", "https://93.184.216.34/guiche?a=1", "93.184.216.34"),
        ("https://93.184.216.34:8443/", "https://93.184.216.34:8443/", "93.184.216.34:8443"),
        ("https://[2606:2800:220:1::1]/", "https://[2606:2800:220:1::1]/", "[2606:2800:220:1::1]"),
    ],
)
async def test_a_public_address_is_taken_as_it_is(address, pinned, host_header):
    found = await target(address)
    assert (str(found.pinned), found.host_header) == (pinned, host_header)


async def test_a50_only_what_the_operator_named_is_open_inside(monkeypatch):
    with set_up(monkeypatch, GUICHE_WEBHOOKS_ALLOW="10.1.0.0/16"):
        assert str((await target("http://10.1.2.3:8080/a")).pinned) == "http://10.1.2.3:8080/a"
        assert str((await target("http://[::ffff:10.1.2.3]/a")).pinned) == "http://10.1.2.3/a"
        assert await refused("http://10.2.0.1/") == "private_address"
        assert await refused("http://127.0.0.1/") == "private_address"
        assert await refused("http://93.184.216.34/") == "not_https"


async def refused(address: str) -> str:
    with pytest.raises(Invalid) as caught:
        await target(address)
    return caught.value.code
