package io.limitledger.gateway.http.v1;

import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Period;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.wire.ZoneOffsets;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a body what a limit or a key may take. The offsets of time zones are computed here, since the ledger has no
 * time-zone data; bounds of values, and what goes with what in a definition, are the core's to check.
 *
 * @param clock for the offsets that hold now
 */
record DefinitionFields(Clock clock) {
    private static final String LIMIT = "limit";
    private static final String DECAY = "slotDecayPerSecond";
    private static final String ACTIVE = "active";
    private static final String QUOTAS = "quotas";
    private static final String PER_KEY = "perKey";
    private static final String MAX_WAITING = "maxWaiting";
    private static final String PER_SECONDS = "perSeconds";
    private static final String PER = "per";
    private static final String ZONE = "zone";
    private static final String AT = "at";
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final String UNITS = "minute, hour, day, week or month";

    /** Stand for what is mistaken, so that all else can still be checked. */
    private static final long LIMIT_INSTEAD = 1;

    private static final List<Quota> QUOTAS_INSTEAD = List.of(new Quota(1, new SlidingPeriod(1)));
    private static final KeyBounds KEYS_INSTEAD = new KeyBounds(1, 0, List.of());

    Definition definition(JsonBody body) {
        return new Definition(
                limit(body, body.wholeNumber(LIMIT)),
                decay(body),
                Objects.requireNonNullElse(body.flag(ACTIVE), true),
                Objects.requireNonNullElse(quotas(body), List.of()),
                perKey(body),
                new Queueing(
                        Objects.requireNonNullElse(order(body), Queueing.Order.FIFO),
                        body.wholeNumber(MAX_WAITING),
                        Objects.requireNonNullElse(whenFull(body), Queueing.WhenFull.REFUSE)));
    }

    DefinitionChange change(JsonBody body) {
        return new DefinitionChange(
                body.wholeNumber(LIMIT),
                body.number(DECAY),
                body.flag(ACTIVE),
                null,
                null,
                quotas(body),
                perKey(body),
                order(body),
                body.wholeNumber(MAX_WAITING),
                whenFull(body));
    }

    KeyOverride override(JsonBody body) {
        KeyOverride override = new KeyOverride(
                body.wholeNumber(LIMIT),
                body.number(DECAY),
                quotas(body),
                body.wholeNumber(MAX_WAITING),
                body.number("weight"));
        if (!override.bounds() && !body.has("weight") && body.mistakes().isEmpty()) {
            body.mistake(
                    LIMIT,
                    "Expected limit, slotDecayPerSecond, quotas, maxWaiting or weight, but got none of them; DELETE takes an"
                            + " override back");
        }
        return override;
    }

    private @Nullable KeyBounds perKey(JsonBody body) {
        JsonBody perKey = body.object(PER_KEY);
        if (perKey == null) {
            return body.has(PER_KEY) ? KEYS_INSTEAD : null;
        }
        return new KeyBounds(
                limit(perKey, perKey.wholeNumber(LIMIT)),
                decay(perKey),
                Objects.requireNonNullElse(quotas(perKey), List.of()),
                perKey.wholeNumber(MAX_WAITING),
                1);
    }

    private static long limit(JsonBody body, @Nullable Long limit) {
        if (limit != null && limit == Definition.UNBOUNDED) {
            // The number that stands for no limit is not one that can be given.
            body.mistake(LIMIT, "Expected 0 to " + Bounds.SLOTS + ", but got " + limit);
        }
        return Objects.requireNonNullElse(limit, body.has(LIMIT) ? LIMIT_INSTEAD : Definition.UNBOUNDED);
    }

    private static double decay(JsonBody body) {
        return Objects.requireNonNullElse(body.number(DECAY), 0.0);
    }

    private static Queueing.@Nullable Order order(JsonBody body) {
        return body.oneOf("order", Queueing.Order.class);
    }

    private static Queueing.@Nullable WhenFull whenFull(JsonBody body) {
        return body.oneOf("whenFull", Queueing.WhenFull.class);
    }

    private @Nullable List<Quota> quotas(JsonBody body) {
        List<JsonBody> given = body.objects(QUOTAS);
        if (given == null) {
            return body.has(QUOTAS) ? QUOTAS_INSTEAD : null;
        }
        List<Quota> quotas = new ArrayList<>();
        for (JsonBody quota : given) {
            long slots = quota.requiredWholeNumber("slots");
            // Another for each, because two of the same period are a mistake as well.
            Period instead = new SlidingPeriod(Bounds.LONGEST_PERIOD_SECONDS - quotas.size());
            quotas.add(new Quota(slots, Objects.requireNonNullElse(period(quota), instead)));
        }
        return quotas;
    }

    /** Null if it is mistaken. */
    private @Nullable Period period(JsonBody quota) {
        Long seconds = quota.wholeNumber(PER_SECONDS);
        CalendarPeriod.Unit unit = quota.oneOf(PER, CalendarPeriod.Unit.class);
        String zone = quota.text(ZONE);
        String at = quota.text(AT);
        if (quota.has(PER_SECONDS) == quota.has(PER)) {
            quota.mistake(
                    PER_SECONDS,
                    "Expected either perSeconds, or per: " + UNITS + "; but got "
                            + (quota.has(PER) ? "both; keep one of them" : "neither"));
            return null;
        }
        return quota.has(PER) ? calendar(quota, unit, zone, at) : sliding(quota, seconds, zone, at);
    }

    private static @Nullable Period sliding(
            JsonBody quota, @Nullable Long seconds, @Nullable String zone, @Nullable String at) {
        Stream.of(zone == null ? "" : ZONE, at == null ? "" : AT)
                .filter(field -> !field.isEmpty())
                .forEach(field -> quota.mistake(
                        field,
                        "Expected it only beside per, because perSeconds counts back from now; leave it out, or say per: "
                                + UNITS));
        return seconds == null ? null : new SlidingPeriod(seconds);
    }

    private @Nullable Period calendar(
            JsonBody quota, CalendarPeriod.@Nullable Unit unit, @Nullable String zone, @Nullable String at) {
        ZoneId found = ZoneOffsets.zone(Objects.requireNonNullElse(zone, ZoneOffsets.UTC));
        if (found == null) {
            quota.mistake(
                    ZONE, "Expected the name of a time zone, such as Europe/Berlin or UTC, but got '" + zone + "'");
        }
        boolean hasTime = at != null && TIME_OF_DAY.matcher(at).matches();
        if (at != null && !hasTime) {
            quota.mistake(AT, "Expected a time of day from 00:00 to 23:59, such as 08:00, but got '" + at + "'");
        }
        if (at != null && (unit == CalendarPeriod.Unit.MINUTE || unit == CalendarPeriod.Unit.HOUR)) {
            quota.mistake(
                    AT,
                    "Expected it only beside per: day, week or month, because "
                            + (unit == CalendarPeriod.Unit.HOUR ? "an hour" : "a minute")
                            + " has no time of day; leave it out");
        }
        if (unit == null || found == null) {
            return null;
        }
        int atMinutes = hasTime ? LocalTime.parse(Objects.requireNonNull(at)).get(ChronoField.MINUTE_OF_DAY) : 0;
        return new CalendarPeriod(unit, found.getId(), atMinutes, ZoneOffsets.of(found, clock.instant()));
    }
}
