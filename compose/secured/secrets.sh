#!/bin/sh
# Makes all secrets of secured.yaml in a folder that only you may enter: a certificate authority and the proxy's certificate, a password
# for each user of Kafka, and what the processes need to sign in with it.
#
#   compose/secured/secrets.sh [FOLDER]         default: compose/secured/secrets
#
# Needs openssl. Leaves a folder alone that exists: remove it to make new ones.
set -eu

folder=${1:-$(dirname "$0")/secrets}
[ ! -e "$folder" ] || { echo "$folder exists; remove it to make new secrets"; exit 0; }
umask 077
mkdir -p "$folder"
cd "$folder"

# A stand-in for your own authority; ca.crt is what clients trust (LIMITS_CA_FILE, curl --cacert).
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj "/CN=Limit Ledger test authority" \
    -keyout ca.key -out ca.crt 2> /dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=localhost" -keyout server.key -out server.csr 2> /dev/null
printf 'subjectAltName=DNS:localhost,DNS:proxy,DNS:gateway,DNS:identity,IP:127.0.0.1\n' > san
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 90 -extfile san -out server.crt 2> /dev/null
rm server.csr san

login="org.apache.kafka.common.security.plain.PlainLoginModule required"
users=
for user in broker ledger gateway auditor billing worker; do
    password=$(openssl rand -hex 16)
    users="$users user_$user=\"$password\""
    printf 'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=%s username="%s" password="%s";\n' \
        "$login" "$user" "$password" > "$user.properties"
    [ "$user" != broker ] || broker="username=\"broker\" password=\"$password\""
done
# What the broker signs in with itself, and whom it lets in.
printf 'jaas=%s %s%s;\n' "$login" "$broker" "$users" > kafka.properties

# The key of the stand-in of an identity provider, and as that publishes it: of a key of 2048 bits the modulus is in front of the last 5 bytes.
openssl genrsa -out identity.key 2048 2> /dev/null
modulus=$(openssl rsa -in identity.key -pubout -outform DER 2> /dev/null | tail -c 261 | head -c 256 | openssl base64 -A | tr '+/' '-_' | tr -d '=')
printf '{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"stand-in","e":"AQAB","n":"%s"}]}\n' "$modulus" > jwks.json

# Readable in a container, whose user is another; the folder keeps all others out.
chmod 644 ./*
chmod 600 ca.key identity.key
echo "Secrets are in $folder"
