package io.limitledger.gateway;

import io.limitledger.gateway.cli.LimitsCommand;
import io.limitledger.gateway.program.GivenArguments;
import java.util.Locale;

/** Where the jar starts. */
public final class Limits {
    private Limits() {}

    public static void main(String[] arguments) {
        // First: the machine's language must not show in names of files, in what is sent, nor in what is printed. Kafka
        // numbers its files in the digits of the default locale, and compares names in its letters.
        Locale.setDefault(Locale.ROOT);
        System.exit(LimitsCommand.run(GivenArguments.asText(arguments)));
    }
}
