"""Limit Ledger beside a real Prefect server, behind one address: compose/prefect-proxy.conf."""

import uuid

import pytest

from servers import answered, eventually, request

RENEWAL = {"lease_duration": 300}


@pytest.fixture
def lease_of_prefect(prefect_server):
    """A slot that Prefect's own server granted, as for a run of a deployment with a limit."""
    name = f"theirs-{uuid.uuid4()}"
    base = f"{prefect_server.url}/api/v2/concurrency_limits"

    assert answered(f"{base}/", "POST", {"name": name, "limit": 1})[0] in (200, 201, 409)
    _, lease = answered(f"{base}/increment-with-lease", "POST", {"names": [name], "slots": 1})
    return lease["lease_id"], lambda: answered(f"{base}/{name}")[1]["active_slots"]


def test_renews_a_lease_of_prefect(proxy, lease_of_prefect):
    lease, _ = lease_of_prefect
    for prefix in ("/api", f"/api/accounts/{uuid.uuid4()}/workspaces/{uuid.uuid4()}"):
        url = f"{proxy.url}{prefix}/v2/concurrency_limits/leases/{lease}/renew"
        assert answered(url, "POST", RENEWAL)[0] == (204 if prefix == "/api" else 404)


def test_releases_a_lease_of_prefect(proxy, lease_of_prefect):
    lease, occupied = lease_of_prefect
    assert occupied() == 1
    url = f"{proxy.url}/api/v2/concurrency_limits/decrement-with-lease"
    assert answered(url, "POST", {"lease_id": lease})[0] == 204
    assert occupied() == 0


def test_renews_and_releases_a_lease_of_its_own(proxy, limits):
    limits.put("ours", 1)
    base = f"{proxy.url}/api/v2/concurrency_limits"
    _, granted = request(f"{base}/increment-with-lease", "POST", {"names": ["ours"], "slots": 1})
    lease = granted["lease_id"]

    renewed, _ = request(f"{base}/leases/{lease}/renew", "POST", RENEWAL)
    held = limits.occupied("ours")
    released = [request(f"{base}/decrement-with-lease", "POST", {"lease_id": lease})[0] for _ in range(2)]
    gone, body = request(f"{base}/leases/{lease}/renew", "POST", RENEWAL)

    assert (renewed, held, released, gone) == (204, 1, [204, 204], 410)
    assert body == {"detail": "Lease not found - it may have expired or been revoked"}
    assert limits.occupied("ours") == 0


def test_answers_mistakes_as_each_server_does(proxy):
    base = f"{proxy.url}/api/v2/concurrency_limits"
    assert answered(f"{base}/leases/none/renew", "POST", RENEWAL)[0] == 422
    assert answered(f"{base}/leases/{uuid.uuid4()}/renew", "POST", {"lease_duration": 1})[0] == 422
    assert answered(f"{base}/decrement-with-lease", "POST", {})[0] == 422
    assert answered(f"{base}/decrement-with-lease", "POST", {"lease_id": str(uuid.uuid4())})[0] == 204


def test_runs_a_deployment_with_a_limit(proxied, limits, folder):
    limits.put("database", 1)
    runs = folder / "runs"
    server = proxied.program("deployed.py", RUNS=str(runs), SECONDS="5")
    try:
        deployment = f"{proxied.api}/deployments/name/deployed/one-at-a-time"
        eventually(lambda: request(deployment)[0] == 200, "it is deployed")
        code, out = proxied.finish(proxied.program("run_twice.py"))
        assert code == 0, out
    finally:
        server.terminate()
        _, said = proxied.finish(server)

    assert "COMPLETED COMPLETED" in out, said
    kinds = [line.split()[0] for line in runs.read_text().splitlines()]
    assert kinds == ["begin", "end", "begin", "end"], said
    assert "lease renewal" not in said
    assert limits.occupied("database") == 0
