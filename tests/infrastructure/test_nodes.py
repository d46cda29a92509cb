"""Nodes that differ: told at their start, and by whoever asks whether they are ready."""

import httpx

from tests.infrastructure.apart import environment, run
from tests.servers import serving

LONG, OTHER = "a" * 32, "b" * 32
TOLD = "GUICHE_SECRET is not that of the node started last"


def test_f50_a_node_with_another_secret_is_told_by_ready(tmp_path):
    env = environment(tmp_path)
    assert run(["web", "migrate"], env)[0] == 0
    with (
        serving(["web"], {**env, "GUICHE_SECRET": LONG}) as first,
        serving(["web"], {**env, "GUICHE_SECRET": LONG}) as second,
    ):
        assert [httpx.get(f"{node.url}/ready").text for node in (first, second)] == ["ok", "ok"]
        with serving(["web"], {**env, "GUICHE_SECRET": OTHER}) as third:
            answers = [httpx.get(f"{node.url}/ready") for node in (first, second, third)]
    assert [(answer.status_code, answer.text) for answer in answers] == [(503, TOLD), (503, TOLD), (200, "ok")]
