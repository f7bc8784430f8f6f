package io.limitledger.gateway.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in the help text of metrics that come without one: Kafka describes some of its own with nothing. */
final class HelpTexts {
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) +\\S.*");
    private static final Pattern EMPTY_HELP = Pattern.compile("# HELP (\\S+) *");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) \\S+");

    private HelpTexts() {}

    /** @param scraped in the text format of Prometheus */
    static String complete(String scraped) {
        Set<String> helped = new HashSet<>();
        StringBuilder complete = new StringBuilder(scraped.length());
        for (String line : (Iterable<String>) scraped.lines()::iterator) {
            if (EMPTY_HELP.matcher(line).matches()) {
                continue;
            }
            Matcher help = HELP.matcher(line);
            if (help.matches()) {
                helped.add(help.group(1));
            }
            Matcher type = TYPE.matcher(line);
            if (type.matches() && helped.add(type.group(1))) {
                complete.append("# HELP ")
                        .append(type.group(1))
                        .append(' ')
                        .append(text(type.group(1)))
                        .append('\n');
            }
            complete.append(line).append('\n');
        }
        return complete.toString();
    }

    private static String text(String name) {
        return name.startsWith("kafka_")
                ? "A metric of Kafka's client, by the name that its documentation has with dots and dashes"
                : "A metric of the Java process";
    }
}
