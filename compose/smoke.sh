#!/bin/sh
# Tries the main job against any running set: create, acquire, deny, wait and hand over, renew, release, expire.
#
#   compose/smoke.sh [http://127.0.0.1:8080]
#
# Needs curl only. Exit code 0: all as it should be; 1: what is printed last is not. It uses a limit of its own.
set -eu

url=${1:-http://127.0.0.1:8080}
limit=smoke-$$-$(date +%s)
scratch=$(mktemp -d)
trap 'curl -s -o "$scratch/deleted" -X DELETE "$url/v1/limits/$limit" || :; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

step() {
    printf '%s ... ' "$1"
}

fail() {
    printf 'FAILED\nExpected %s, but got %s\n' "$1" "$2"
    exit 1
}

# ask METHOD PATH [BODY]: the status goes to $status, the body to $body.
ask() {
    status=$(curl -s -m 20 -o "$scratch/body" -w '%{http_code}' -X "$1" "$url$2" -d "${3:-}") || :
    body=$(cat "$scratch/body" 2>&1 || :)
}

expect() {
    [ "$status" = "$1" ] || fail "status $1" "$status: $body"
    echo ok
}

# field NAME: of the last answer; texts and numbers only.
field() {
    printf '%s' "$body" | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"
}

step "ready at $url"
ask GET /readyz
expect 200

step "create a limit of 2"
ask PUT "/v1/limits/$limit" '{"limit": 2}'
expect 201

step "acquire both slots"
ask POST "/v1/limits/$limit/leases" '{"slots": 2, "leaseSeconds": 30, "holder": "smoke"}'
expect 201
first=$(field leaseId)

step "deny a third"
ask POST "/v1/limits/$limit/leases" '{"slots": 1}'
expect 429

step "renew"
ask POST "/v1/leases/$first/renew" '{"leaseSeconds": 60}'
expect 200

step "wait in line"
curl -s -m 30 -o "$scratch/waited" -w '%{http_code}' -X POST "$url/v1/limits/$limit/leases" \
    -d '{"slots": 2, "leaseSeconds": 2, "waitSeconds": 20}' > "$scratch/waited-status" &
waiting=$!
tries=0
until ask GET "/v1/limits/$limit" && [ "$(field waiting)" = 1 ]; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || fail "one waiter" "$body"
    sleep 0.1
done
echo ok

step "release"
ask DELETE "/v1/leases/$first"
expect 204

step "hand over to who waits"
wait $waiting || :
status=$(cat "$scratch/waited-status")
body=$(cat "$scratch/waited" 2>&1 || :)
expect 201

step "expire, and grant what is free then"
ask POST "/v1/limits/$limit/leases" '{"slots": 2, "waitSeconds": 10}'
expect 201

step "refuse to renew what has expired"
body=$(cat "$scratch/waited")
ask POST "/v1/leases/$(field leaseId)/renew" '{"leaseSeconds": 60}'
expect 410

step "delete the limit"
ask DELETE "/v1/limits/$limit"
expect 204

echo "all well"
