package io.limitledger.topics;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A topic exists, but is not what the ledger needs.
 *
 * <p>It is not fixed silently: another program may depend on it. The message is the whole difference, with
 * the command that fixes each line of it.
 */
public final class TopicMismatchException extends TopicSetupException {

    private static final long serialVersionUID = 1L;

    private final transient List<Difference> differences;

    TopicMismatchException(String bootstrapServers, List<Difference> differences) {
        super(describe(bootstrapServers, differences));
        this.differences = List.copyOf(differences);
    }

    public List<Difference> differences() {
        return differences;
    }

    /** One setting of one topic. */
    public record Difference(String topic, String setting, String expected, String found, String reason, String fix) {

        private String describe() {
            return String.join(
                    System.lineSeparator(),
                    "  topic " + topic + ", " + setting + ": expected " + expected + ", found " + found,
                    "      why:  " + reason,
                    "      fix: " + fix);
        }
    }

    private static String describe(String bootstrapServers, List<Difference> differences) {
        String count = differences.size() == 1 ? "1 setting differs" : differences.size() + " settings differ";
        return differences.stream()
                .map(Difference::describe)
                .collect(Collectors.joining(
                        System.lineSeparator(),
                        "Expected the topics at " + bootstrapServers + " to be as the ledger needs them, but " + count
                                + ":" + System.lineSeparator(),
                        ""));
    }
}
