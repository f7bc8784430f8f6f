#!/bin/sh
# Signs in at the stand-in of an identity provider: prints an ID token of a user, which a client sends as "Authorization: Bearer".
#
#   compose/secured/identity-token.sh USER [GROUP...]
#
# Valid for an hour. Needs openssl, and the secrets that secrets.sh made. Your provider has pages for this, and a key of its own.
set -eu

secrets=${SECRETS:-$(dirname "$0")/secrets}
[ $# -gt 0 ] || { echo "usage: $0 USER [GROUP...]" >&2; exit 64; }

base64url() {
    openssl base64 -A | tr '+/' '-_' | tr -d '='
}

user=$1
shift
groups=
for group in "$@"; do
    groups="$groups${groups:+,}\"$group\""
done
now=$(date +%s)
header=$(printf '{"alg":"RS256","typ":"JWT","kid":"stand-in"}' | base64url)
claims=$(printf '{"iss":"https://identity:8443","aud":"limit-ledger","sub":"%s","groups":[%s],"iat":%s,"exp":%s}' \
    "$user" "$groups" "$now" "$((now + 3600))" | base64url)
signature=$(printf '%s.%s' "$header" "$claims" | openssl dgst -sha256 -sign "$secrets/identity.key" -binary | base64url)
printf '%s.%s.%s\n' "$header" "$claims" "$signature"
