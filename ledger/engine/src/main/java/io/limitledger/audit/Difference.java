package io.limitledger.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.wire.LedgerJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which fields two records differ, in words that fit one line. */
final class Difference {
    /** The first few show what is wrong; the records themselves have the rest. */
    private static final int MOST_FIELDS = 3;

    private static final int MOST_CHARACTERS = 60;

    private final List<String> fields = new ArrayList<>();
    private int more;

    private Difference() {}

    static String between(@Nullable Object expected, @Nullable Object found) {
        if (found == null) {
            return "it is not there";
        }
        Difference difference = new Difference();
        difference.compare("", LedgerJson.PUBLIC.valueToTree(expected), LedgerJson.PUBLIC.valueToTree(found));
        return String.join("; ", difference.fields)
                + (difference.more == 0 ? "" : "; and " + difference.more + " more");
    }

    private void compare(String path, @Nullable JsonNode expected, @Nullable JsonNode found) {
        if (expected == null || found == null || !expected.isContainerNode() || !found.isContainerNode()) {
            if (expected == null || !expected.equals(found)) {
                add(path, expected, found);
            }
        } else if (expected.isArray() || found.isArray()) {
            for (int index = 0; index < Math.max(expected.size(), found.size()); index++) {
                compare(path + "[" + index + "]", expected.get(index), found.get(index));
            }
        } else {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            found.fieldNames().forEachRemaining(names::add);
            names.forEach(
                    name -> compare(path.isEmpty() ? name : path + "." + name, expected.get(name), found.get(name)));
        }
    }

    private void add(String path, @Nullable JsonNode expected, @Nullable JsonNode found) {
        if (fields.size() == MOST_FIELDS) {
            more++;
        } else {
            fields.add((path.isEmpty() ? "" : path + ": ") + "expected " + text(expected) + ", found " + text(found));
        }
    }

    private static String text(@Nullable JsonNode value) {
        String text = value == null ? "nothing" : value.toString();
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
