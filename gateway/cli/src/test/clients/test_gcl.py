"""Prefect's command line, `prefect gcl`, against Limit Ledger instead of Prefect's own server."""

import json

from servers import request


def test_gcl(client, limits):
    assert client.cli("gcl", "create", "gcl", "--limit", "3")[0] == 0
    assert client.cli("gcl", "create", "gcl", "--limit", "3")[0] == 1

    code, listed = client.cli("gcl", "ls", "--output", "json")
    assert code == 0
    assert [one["limit"] for one in json.loads(listed) if one["name"] == "gcl"] == [3]

    assert client.cli("gcl", "update", "gcl", "--limit", "5", "--slot-decay-per-second", "0.5")[0] == 0
    assert client.cli("gcl", "disable", "gcl")[0] == 0
    code, shown = client.cli("gcl", "inspect", "gcl", "--output", "json")
    assert code == 0
    kept = json.loads(shown)
    assert (kept["limit"], kept["slot_decay_per_second"], kept["active"]) == (5, 0.5, False)
    assert client.cli("gcl", "enable", "gcl")[0] == 0
    assert request(f"{limits.url}/v1/limits/gcl")[1]["active"] is True

    assert client.cli("gcl", "delete", "gcl")[0] == 0
    assert request(f"{limits.url}/v1/limits/gcl")[0] == 404


def test_what_does_not_exist_is_not_found(client):
    code, said = client.cli("gcl", "update", "100%", "--limit", "3")
    assert code == 1, said
    assert "not found" in said
