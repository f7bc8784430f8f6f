package io.limitledger.gateway;

import io.limitledger.gateway.cli.LimitsCommand;

/** Where the jar starts. */
public final class Limits {
    private Limits() {}

    public static void main(String[] arguments) {
        System.exit(LimitsCommand.run(arguments));
    }
}
