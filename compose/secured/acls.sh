#!/bin/sh
# Grants each role on a Kafka cluster exactly the rights that it needs, for the users ledger, gateway, auditor, billing (a direct
# producer) and worker (the Java client over Kafka).
#
#   acls.sh --bootstrap-server HOST:PORT --command-config ADMIN.properties
#
# All arguments go to kafka-acls.sh, which KAFKA_ACLS names if it is not on the PATH. May be run again.
set -eu

acls=${KAFKA_ACLS:-kafka-acls.sh}
connection=$*

# allow USER --topic|--group|--transactional-id NAME OPERATION...
allow() {
    user=$1 kind=$2 name=$3
    shift 3
    operations=
    for operation in "$@"; do
        operations="$operations --operation $operation"
    done
    # The words of a connection, and of operations, are arguments by themselves.
    # shellcheck disable=SC2086
    "$acls" $connection --add --force --allow-principal "User:$user" $operations "$kind" "$name" ${pattern:-} > /dev/null
    echo "$user: $* on ${kind#--} $name"
}

# Create is for the process that starts first and makes the topics; leave it out where you make them yourself.
allow ledger --topic limits.commands Read Write DescribeConfigs Create
allow ledger --topic limits.events Read Write DescribeConfigs Create
allow ledger --topic limits.replies Write DescribeConfigs Create
allow ledger --topic limits.rejected Write DescribeConfigs Create
allow ledger --topic limits.ledgers Read Write DescribeConfigs Create
allow ledger --topic limit-ledger-state-changelog Read Write Create
allow ledger --group limit-ledger Read
pattern="--resource-pattern-type prefixed"
allow ledger --transactional-id limit-ledger- Write
pattern=
# The reply topic of each direct producer that --reply-topics names.
allow ledger --topic billing-replies Write

allow gateway --topic limits.commands Write DescribeConfigs Create
allow gateway --topic limits.events Read DescribeConfigs Create
allow gateway --topic limits.replies Read DescribeConfigs Create
allow gateway --topic limits.rejected Describe DescribeConfigs Create
allow gateway --topic limits.ledgers Describe DescribeConfigs Create
allow gateway --topic limit-ledger-state-changelog Read
# Tokens and rights: a gateway with --auth only.
allow gateway --topic limits.access Read Write DescribeConfigs Create
allow gateway --transactional-id limit-ledger-access Write

allow auditor --topic limits.commands Read
allow auditor --topic limits.events Read
allow auditor --topic limits.ledgers Read
allow auditor --topic limit-ledger-state-changelog Read

allow billing --topic limits.commands Write
allow billing --topic billing-replies Read

allow worker --topic limits.commands Write
allow worker --topic limits.replies Read
