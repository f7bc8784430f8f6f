package io.limitledger.core.command;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.OffsetChange;
import io.limitledger.core.state.Period;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
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

    FieldChecks owner(@Nullable String owner) {
        return owner == null || (!owner.isEmpty() && owner.length() <= Bounds.PRINCIPAL_CHARACTERS)
                ? this
                : mistake(
                        "owner",
                        "Expected 1 to " + Bounds.PRINCIPAL_CHARACTERS + " characters, but got " + owner.length());
    }

    FieldChecks definition(@Nullable Definition definition) {
        if (definition == null) {
            return missing("definition", "an object with limit, slotDecayPerSecond and active");
        }
        if (definition.hasLimit()) {
            limit(definition.limit());
        } else if (definition.quotas().isEmpty() && definition.perKey() == null) {
            missing("limit", "limit, quotas or perKey");
        }
        return decay(definition.slotDecayPerSecond())
                .decayOf("slotDecayPerSecond", definition.hasLimit(), definition.decays())
                .quotas("quotas", definition.quotas())
                .perKey(definition.perKey())
                .queueing(definition.queueing())
                .order(definition);
    }

    private FieldChecks order(Definition definition) {
        boolean hasOwnBound = definition.hasLimit() || !definition.quotas().isEmpty();
        return definition.isFair() && !hasOwnBound
                ? mistake(
                        "order",
                        "Expected limit or quotas beside order 'fair', because keys that share nothing need no order; "
                                + "leave order out, or add a bound that the keys share")
                : this;
    }

    /** What drains is what is occupied. */
    private FieldChecks decayOf(String field, boolean hasLimit, boolean decays) {
        return decays && !hasLimit
                ? mistake(
                        field,
                        "Expected a limit beside it, because only occupied slots decay; add limit, or use quotas")
                : this;
    }

    FieldChecks maxWaiting(@Nullable Long most) {
        return most == null ? this : within("maxWaiting", most, 0, Bounds.WAITERS_PER_LIMIT);
    }

    FieldChecks queueing(@Nullable Queueing queueing) {
        Long most = queueing == null ? null : queueing.maxWaiting();
        if (queueing == null || most == null) {
            return queueing == null || !queueing.replacesOldest()
                    ? this
                    : mistake("whenFull", "Expected maxWaiting beside 'replaceOldest', but it is missing");
        }
        return within(
                "maxWaiting",
                most,
                queueing.replacesOldest() ? 1 : 0,
                queueing.replacesOldest() ? Bounds.REPLACED_AMONG : Bounds.WAITERS_PER_LIMIT);
    }

    FieldChecks perKey(@Nullable KeyBounds bounds) {
        if (bounds == null) {
            return this;
        }
        if (!bounds.hasLimit() && bounds.quotas().isEmpty() && bounds.maxWaiting() == null) {
            return mistake("perKey", "Expected limit, quotas or maxWaiting, but got none of them");
        }
        return count("perKey.limit", bounds.hasLimit() ? bounds.limit() : null)
                .decay("perKey.slotDecayPerSecond", bounds.slotDecayPerSecond())
                .decayOf("perKey.slotDecayPerSecond", bounds.hasLimit(), bounds.decays())
                .quotas("perKey.quotas", bounds.quotas())
                .maxWaitingOfKey("perKey.maxWaiting", bounds.maxWaiting());
    }

    FieldChecks override(@Nullable KeyOverride override) {
        if (override == null) {
            return this;
        }
        Double weight = override.weight();
        boolean isWeight = weight == null || (weight >= Bounds.SMALLEST_WEIGHT && weight <= Bounds.LARGEST_WEIGHT);
        count("limit", override.limit())
                .decay(override.slotDecayPerSecond())
                .quotas("quotas", override.quotas())
                .maxWaitingOfKey("maxWaiting", override.maxWaiting());
        return isWeight
                ? this
                : mistake(
                        "weight",
                        "Expected " + Bounds.SMALLEST_WEIGHT + " to " + (long) Bounds.LARGEST_WEIGHT + ", but got "
                                + weight);
    }

    private FieldChecks maxWaitingOfKey(String field, @Nullable Long most) {
        return most == null ? this : within(field, most, 0, Bounds.REPLACED_AMONG);
    }

    FieldChecks quotas(String field, @Nullable List<Quota> quotas) {
        if (quotas == null) {
            return this;
        }
        if (quotas.size() > Bounds.QUOTAS) {
            return mistake(field, "Expected at most " + Bounds.QUOTAS + " quotas, but got " + quotas.size());
        }
        for (int index = 0; index < quotas.size(); index++) {
            Period period = quotas.get(index).period();
            within(field + ".slots", quotas.get(index).slots(), 1, Bounds.SLOTS).period(field, period);
            if (period != null && quotas.subList(0, index).stream().anyMatch(one -> period.isSameAs(one.period()))) {
                mistake(field, "Expected one quota for each period, but got two for the same; keep the smaller one");
            }
        }
        return this;
    }

    private FieldChecks period(String field, @Nullable Period period) {
        if (period == null) {
            return missing(field, "perSeconds, or per: minute, hour, day, week or month");
        }
        return period instanceof SlidingPeriod sliding
                ? within(field + ".perSeconds", sliding.seconds(), 1, Bounds.LONGEST_PERIOD_SECONDS)
                : calendar(field, (CalendarPeriod) period);
    }

    private FieldChecks calendar(String field, CalendarPeriod period) {
        List<OffsetChange> offsets = period.offsets();
        if (period.unit() == null) {
            return missing(field + ".per", "minute, hour, day, week or month");
        }
        boolean isUtc = period.zone() != null && period.zone().equals("UTC");
        if (offsets.isEmpty() && !isUtc) {
            return missing(
                    field + ".offsets",
                    "the offsets of zone '" + period.zone()
                            + "', which the client computes, because two ledgers may have different time-zone data");
        }
        boolean areInOrder = offsets.size() <= Bounds.OFFSET_CHANGES
                && offsets.stream().allMatch(change -> Math.abs(change.offsetSeconds()) <= 18 * 60 * 60);
        for (int index = 1; index < offsets.size(); index++) {
            areInOrder &= offsets.get(index - 1).at() < offsets.get(index).at();
        }
        return within(field + ".at", period.atMinutes(), 0, 24 * 60 - 1)
                .check(
                        field + ".offsets",
                        areInOrder,
                        "at most " + Bounds.OFFSET_CHANGES + " offsets of 18 hours at most, in order of time");
    }

    FieldChecks terms(@Nullable Terms terms, long slots) {
        if (terms == null) {
            return this;
        }
        if (terms.key() != null) {
            key(terms.key());
        }
        within("priority", terms.priority(), -Bounds.PRIORITY_SECONDS, Bounds.PRIORITY_SECONDS);
        return terms.upTo() == null ? this : within("upTo", terms.upTo(), slots, Bounds.SLOTS);
    }

    /** As a limit's name, but it may contain {@code /}. */
    FieldChecks key(@Nullable String key) {
        if (key == null) {
            return missing("key", "the name of a key");
        }
        return name("key", key.isEmpty() ? key : key.replace('/', '.'));
    }

    FieldChecks limit(@Nullable Long limit) {
        return count("limit", limit);
    }

    FieldChecks count(String field, @Nullable Long slots) {
        return slots == null ? this : within(field, slots, 0, Bounds.SLOTS);
    }

    FieldChecks decay(@Nullable Double decay) {
        return decay("slotDecayPerSecond", decay);
    }

    private FieldChecks decay(String field, @Nullable Double decay) {
        if (decay == null || decay == 0) {
            return this;
        }
        boolean valid = decay >= Bounds.SMALLEST_DECAY_PER_SECOND && decay <= Bounds.DECAY_PER_SECOND;
        return valid
                ? this
                : mistake(
                        field,
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
