package io.limitledger.gateway.cli.command;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** All that a command line can say about a limit. What is not given is left out. */
final class DefinitionOptions {
    /** Words of the interface, each with its name there. */
    enum Order {
        FIFO,
        FAIR
    }

    enum WhenFull {
        REFUSE("refuse"),
        REPLACE_OLDEST("replaceOldest");

        private final String word;

        WhenFull(String word) {
            this.word = word;
        }

        static final class Converter extends HyphenatedWord<WhenFull> {
            Converter() {
                super(WhenFull.class);
            }
        }
    }

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "N",
            description = "Slots that may be occupied at the same time; 0 pauses the limit.")
    private @Nullable Long limit;

    @Option(
            names = "--slot-decay-per-second",
            paramLabel = "X",
            description = "Makes it a rate limit: occupied slots drain at that rate.")
    private @Nullable BigDecimal slotDecayPerSecond;

    @Option(
            names = "--quota",
            paramLabel = "QUOTA",
            converter = QuotaText.Converter.class,
            description =
                    "Slots that may be taken within a time, such as 1000/day@Europe/Berlin,08:00 or 100/60s. Up to"
                            + " four.")
    private @Nullable List<QuotaText> quotas;

    @Option(
            names = {"--per-key", "--per-key-limit"},
            paramLabel = "N",
            description = "Slots that each key may occupy at the same time.")
    private @Nullable Long perKeyLimit;

    @Option(
            names = "--per-key-slot-decay-per-second",
            paramLabel = "X",
            description = "Rate at which the occupied slots of each key drain.")
    private @Nullable BigDecimal perKeySlotDecayPerSecond;

    @Option(
            names = "--per-key-quota",
            paramLabel = "QUOTA",
            converter = QuotaText.Converter.class,
            description = "Slots that each key may take within a time, as --quota. Up to four.")
    private @Nullable List<QuotaText> perKeyQuotas;

    @Option(names = "--per-key-max-waiting", paramLabel = "N", description = "The most that wait with one key.")
    private @Nullable Long perKeyMaxWaiting;

    @Option(
            names = "--order",
            paramLabel = "fifo|fair",
            description = "Who is next in the queue: first come, first served; or the key that occupies the fewest.")
    private @Nullable Order order;

    @Option(names = "--max-waiting", paramLabel = "N", description = "The most that wait, up to 20000.")
    private @Nullable Long maxWaiting;

    @Option(
            names = "--when-full",
            converter = WhenFull.Converter.class,
            paramLabel = "refuse|replace-oldest",
            description = "When so many wait already: refuse the newcomer, or the one that came first.")
    private @Nullable WhenFull whenFull;

    /** The fields that were given, as the gateway takes them. */
    Map<String, Object> fields() {
        Map<String, Object> fields = bounds(limit, slotDecayPerSecond, quotas);
        Map<String, Object> perKey = bounds(perKeyLimit, perKeySlotDecayPerSecond, perKeyQuotas);
        put(perKey, "maxWaiting", perKeyMaxWaiting);
        if (!perKey.isEmpty()) {
            fields.put("perKey", perKey);
        }
        put(fields, "order", order == null ? null : order.name().toLowerCase(Locale.ROOT));
        put(fields, "maxWaiting", maxWaiting);
        put(fields, "whenFull", whenFull == null ? null : whenFull.word);
        return fields;
    }

    private static Map<String, Object> bounds(
            @Nullable Long limit, @Nullable BigDecimal decay, @Nullable List<QuotaText> quotas) {
        Map<String, Object> bounds = new LinkedHashMap<>();
        put(bounds, "limit", limit);
        put(bounds, "slotDecayPerSecond", decay);
        put(bounds, "quotas", quotas == null ? null : map(quotas, QuotaText::json));
        return bounds;
    }

    private static <A, B> List<B> map(List<A> items, Function<A, B> function) {
        return items.stream().map(function).toList();
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
