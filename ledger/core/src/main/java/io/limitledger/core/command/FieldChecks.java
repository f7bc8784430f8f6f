package io.limitledger.core.command;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the mistakes of a command. Each check names the field as in the JSON form, says what was expected
 * and what came. Values come from outside, so that any of them may be null here.
 */
final class FieldChecks {
    private static final String FORBIDDEN_IN_NAMES = "/%&><";

    private final List<InvalidField> mistakes = new ArrayList<>();

    List<InvalidField> mistakes() {
        return mistakes;
    }

    FieldChecks name(String field, @Nullable String name) {
        if (name == null) {
            return missing(field, "the name of a limit");
        }
        if (name.isEmpty() || name.length() > Bounds.NAME_CHARACTERS) {
            return mistake(field, "Expected 1 to " + Bounds.NAME_CHARACTERS + " characters, but got " + name.length());
        }
        return name.codePoints().anyMatch(FieldChecks::isForbiddenInNames)
                ? mistake(
                        field,
                        "Expected none of / % & > < and no control characters or half surrogates, but got '" + name
                                + "'")
                : this;
    }

    private static boolean isForbiddenInNames(int character) {
        return FORBIDDEN_IN_NAMES.indexOf(character) >= 0
                || Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE;
    }

    FieldChecks check(String field, boolean isRight, String expected) {
        return isRight ? this : mistake(field, "Expected " + expected + ", but got something else");
    }

    FieldChecks nameIfGiven(String field, @Nullable String name) {
        return name == null ? this : name(field, name);
    }

    FieldChecks siblings(@Nullable List<String> siblings) {
        if (siblings == null) {
            return this;
        }
        if (siblings.size() > Bounds.SIBLINGS) {
            return mistake("siblings", "Expected at most " + Bounds.SIBLINGS + " names, but got " + siblings.size());
        }
        siblings.forEach(sibling -> name("siblings", sibling));
        return this;
    }

    FieldChecks id(String field, @Nullable UUID id) {
        return id == null ? missing(field, "a UUID") : this;
    }

    FieldChecks slots(long slots) {
        return within("slots", slots, 1, Bounds.SLOTS);
    }

    /** A lease, or 0 for slots that only decay. */
    FieldChecks leaseOrNone(long leaseMillis) {
        return leaseMillis == 0 ? this : lease(leaseMillis);
    }

    FieldChecks takeUp(@Nullable Long takeUpMillis) {
        return takeUpMillis == null
                ? this
                : seconds("takeUpSeconds", takeUpMillis, Bounds.SHORTEST_LEASE_MILLIS, Bounds.LONGEST_LEASE_MILLIS);
    }

    FieldChecks lease(long leaseMillis) {
        return seconds("leaseSeconds", leaseMillis, Bounds.SHORTEST_LEASE_MILLIS, Bounds.LONGEST_LEASE_MILLIS);
    }

    FieldChecks occupancy(long occupancyMillis) {
        return occupancyMillis >= 0
                ? this
                : mistake("occupancySeconds", "Expected 0 or more, but got " + occupancyMillis / 1_000.0);
    }

    FieldChecks waiting(long waitMillis) {
        return seconds("waitSeconds", waitMillis, 0, Bounds.LONGEST_WAIT_MILLIS);
    }

    FieldChecks holder(@Nullable Holder holder) {
        if (holder == null || holder.json().length() <= Bounds.HOLDER_CHARACTERS) {
            return this;
        }
        return mistake(
                "holder",
                "Expected at most " + Bounds.HOLDER_CHARACTERS + " characters of JSON, but got "
                        + holder.json().length());
    }

    FieldChecks definition(@Nullable Definition definition) {
        if (definition == null) {
            return missing("definition", "an object with limit, slotDecayPerSecond and active");
        }
        return limit(definition.limit()).decay(definition.slotDecayPerSecond());
    }

    FieldChecks limit(@Nullable Long limit) {
        return count("limit", limit);
    }

    FieldChecks count(String field, @Nullable Long slots) {
        return slots == null ? this : within(field, slots, 0, Bounds.SLOTS);
    }

    FieldChecks decay(@Nullable Double decay) {
        if (decay == null || decay == 0) {
            return this;
        }
        boolean valid = decay >= Bounds.SMALLEST_DECAY_PER_SECOND && decay <= Bounds.DECAY_PER_SECOND;
        return valid
                ? this
                : mistake(
                        "slotDecayPerSecond",
                        "Expected 0, or 0.000000001 to " + (long) Bounds.DECAY_PER_SECOND
                                + " slots per second, but got " + decay);
    }

    private FieldChecks within(String field, long value, long least, long most) {
        return value >= least && value <= most
                ? this
                : mistake(field, "Expected " + least + " to " + most + ", but got " + value);
    }

    private FieldChecks seconds(String field, long millis, long leastMillis, long mostMillis) {
        return millis >= leastMillis && millis <= mostMillis
                ? this
                : mistake(
                        field,
                        "Expected " + leastMillis / 1_000 + " to " + mostMillis / 1_000 + " seconds, but got "
                                + millis / 1_000.0);
    }

    private FieldChecks missing(String field, String expected) {
        return mistake(field, "Expected " + expected + ", but it is missing");
    }

    private FieldChecks mistake(String field, String message) {
        mistakes.add(new InvalidField(field, message));
        return this;
    }
}
