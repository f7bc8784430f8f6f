package io.limitledger.gateway.embedded;

import io.limitledger.topics.Role;
import java.util.Locale;

/**
 * Another program that may use the embedded broker.
 *
 * @param name what it signs in as; also the beginning of the names of its own reply topics and groups
 * @param role what it may do; a ledger runs in the process of the broker, and so is not among them
 * @param password in the clear; never printed
 */
public record BrokerUser(String name, Role role, String password) {
    /** What a Kafka topic's name may have, without the dot, which could make it one of the ledger's. */
    private static final String NAMES = "[A-Za-z][A-Za-z0-9_-]{0,62}";

    /** What {@code openssl rand -hex 8} makes; other programs of the machine may guess as often as they like. */
    private static final int SHORTEST_PASSWORD = 16;

    /**
     * Checks what an operator wrote.
     *
     * @throws IllegalArgumentException if it cannot be a user; the message does not have the password
     */
    public BrokerUser {
        if (!name.matches(NAMES)) {
            throw new IllegalArgumentException("the name '" + name
                    + "' must begin with a letter and have up to 63 letters, digits, dashes and underscores");
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("limit")) {
            throw new IllegalArgumentException(
                    "the name '" + name + "' begins like those of the ledger's own topics and users; choose another");
        }
        if (role == Role.LEDGER || role == Role.GATEKEEPER) {
            throw new IllegalArgumentException(
                    "the ledger of this broker runs in its process, and so does what keeps tokens"
                            + " and rights, so no user can have their roles; the roles are gateway, gatekeeper, auditor, producer and holder");
        }
        if (password.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("the password of '" + name + "' has " + password.length()
                    + " characters; it must have " + SHORTEST_PASSWORD + " or more, as from 'openssl rand -hex 16'");
        }
    }

    @Override
    public String toString() {
        return "BrokerUser[name=" + name + ", role=" + role + "]";
    }
}
