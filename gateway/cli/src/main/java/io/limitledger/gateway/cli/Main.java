package io.limitledger.gateway.cli;

import io.limitledger.gateway.program.GivenArguments;
import java.util.Locale;

/** The main class of {@code limits.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // First: the machine's language must not show in names of files, in what is sent, nor in what is printed. Kafka
        // numbers its files in the digits of the default locale, and compares names in its letters.
        Locale.setDefault(Locale.ROOT);
        System.exit(LimitsCommand.run(GivenArguments.asText(arguments)));
    }
}
