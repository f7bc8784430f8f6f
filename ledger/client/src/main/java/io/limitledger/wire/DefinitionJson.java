package io.limitledger.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.OffsetChange;
import io.limitledger.core.state.Period;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an operator says about a limit and its keys, in JSON: see {@code Definition} in {@code asyncapi.yaml}. */
final class DefinitionJson {
    private static final String UTC = "UTC";

    private DefinitionJson() {}

    static SimpleModule addTo(SimpleModule module) {
        Form.add(module, Definition.class, DefinitionForm.class, DefinitionForm::of, DefinitionForm::definition);
        Form.add(module, DefinitionChange.class, ChangeForm.class, ChangeForm::of, ChangeForm::change);
        Form.add(module, KeyBounds.class, KeyBoundsForm.class, KeyBoundsForm::of, KeyBoundsForm::bounds);
        Form.add(module, KeyOverride.class, OverrideForm.class, OverrideForm::of, OverrideForm::override);
        Form.add(module, Quota.class, QuotaForm.class, QuotaForm::of, QuotaForm::quota);
        return module;
    }

    record DefinitionForm(
            @Nullable Long limit,
            double slotDecayPerSecond,
            boolean active,
            List<Quota> quotas,
            @Nullable KeyBounds perKey,
            Queueing.@Nullable Order order,
            @Nullable Long maxWaiting,
            Queueing.@Nullable WhenFull whenFull) {
        static DefinitionForm of(Definition definition) {
            Queueing queueing = definition.queueing();
            return new DefinitionForm(
                    boundedLimit(definition.limit()),
                    definition.slotDecayPerSecond(),
                    definition.active(),
                    definition.quotas(),
                    definition.perKey(),
                    queueing.order() == Queueing.Order.FIFO ? null : queueing.order(),
                    queueing.maxWaiting(),
                    queueing.whenFull() == Queueing.WhenFull.REFUSE ? null : queueing.whenFull());
        }

        Definition definition() {
            return new Definition(
                    givenLimit(limit),
                    slotDecayPerSecond,
                    active,
                    quotas,
                    perKey,
                    queueing(order, maxWaiting, whenFull));
        }
    }

    /** Other than in a definition, an empty list of quotas says something. */
    record ChangeForm(
            @Nullable Long limit,
            @Nullable Double slotDecayPerSecond,
            @Nullable Boolean active,
            @Nullable Long unleasedSlots,
            @Nullable Long deniedSlots,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Quota> quotas,

            @Nullable KeyBounds perKey,
            Queueing.@Nullable Order order,
            @Nullable Long maxWaiting,
            Queueing.@Nullable WhenFull whenFull) {
        static ChangeForm of(DefinitionChange change) {
            return new ChangeForm(
                    change.limit(),
                    change.slotDecayPerSecond(),
                    change.active(),
                    change.unleasedSlots(),
                    change.deniedSlots(),
                    change.quotas(),
                    change.perKey(),
                    change.order(),
                    change.maxWaiting(),
                    change.whenFull());
        }

        DefinitionChange change() {
            return new DefinitionChange(
                    limit,
                    slotDecayPerSecond,
                    active,
                    unleasedSlots,
                    deniedSlots,
                    quotas,
                    perKey,
                    order,
                    maxWaiting,
                    whenFull);
        }
    }

    record KeyBoundsForm(
            @Nullable Long limit,
            @Nullable Double slotDecayPerSecond,
            List<Quota> quotas,
            @Nullable Long maxWaiting) {
        static KeyBoundsForm of(KeyBounds bounds) {
            // What is wrong is written as well, so that who reads it finds it wrong.
            Double given = bounds.slotDecayPerSecond();
            Double decay = given.equals(0.0) ? null : given;
            return new KeyBoundsForm(boundedLimit(bounds.limit()), decay, bounds.quotas(), bounds.maxWaiting());
        }

        KeyBounds bounds() {
            double decay = slotDecayPerSecond == null ? 0 : slotDecayPerSecond;
            return new KeyBounds(givenLimit(limit), decay, quotas, maxWaiting, 1);
        }
    }

    record OverrideForm(
            @Nullable Long limit,
            @Nullable Double slotDecayPerSecond,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Quota> quotas,

            @Nullable Long maxWaiting,
            @Nullable Double weight) {
        static OverrideForm of(KeyOverride override) {
            return new OverrideForm(
                    override.limit(),
                    override.slotDecayPerSecond(),
                    override.quotas(),
                    override.maxWaiting(),
                    override.weight());
        }

        KeyOverride override() {
            return new KeyOverride(limit, slotDecayPerSecond, quotas, maxWaiting, weight);
        }
    }

    record QuotaForm(
            @Nullable Long slots,
            @Nullable Long perSeconds,
            CalendarPeriod.@Nullable Unit per,
            @Nullable String zone,
            @Nullable String at,
            List<OffsetChange> offsets) {
        static QuotaForm of(Quota quota) {
            if (quota.period() instanceof SlidingPeriod sliding) {
                return new QuotaForm(quota.slots(), sliding.seconds(), null, null, null, List.of());
            }
            CalendarPeriod calendar = (CalendarPeriod) quota.period();
            return new QuotaForm(
                    quota.slots(),
                    null,
                    calendar.unit(),
                    UTC.equals(calendar.zone()) ? null : calendar.zone(),
                    calendar.atMinutes() == 0 ? null : timeOfDay(calendar.atMinutes()),
                    calendar.offsets());
        }

        Quota quota() {
            return new Quota(slots == null ? 0 : slots, period());
        }

        private Period period() {
            if (perSeconds == null && per != null) {
                return new CalendarPeriod(per, Objects.requireNonNullElse(zone, UTC), minutes(at), offsets);
            }
            if (perSeconds == null || per != null) {
                throw new IllegalArgumentException("Expected a quota with either perSeconds or per, but it has "
                        + (per == null ? "neither" : "both"));
            }
            if (zone != null || at != null || offsets != null) {
                throw new IllegalArgumentException(
                        "Expected zone, at and offsets only beside per, but there is perSeconds");
            }
            return new SlidingPeriod(perSeconds);
        }
    }

    private static @Nullable Long boundedLimit(long limit) {
        return limit == Definition.UNBOUNDED ? null : Long.valueOf(limit);
    }

    /** The number that stands for no limit is none that can be given; a neighbour of it is refused as well. */
    private static long givenLimit(@Nullable Long limit) {
        if (limit == null) {
            return Definition.UNBOUNDED;
        }
        return limit == Definition.UNBOUNDED ? limit + 1 : limit;
    }

    private static Queueing queueing(
            Queueing.@Nullable Order order, @Nullable Long maxWaiting, Queueing.@Nullable WhenFull whenFull) {
        return new Queueing(
                Objects.requireNonNullElse(order, Queueing.Order.FIFO),
                maxWaiting,
                Objects.requireNonNullElse(whenFull, Queueing.WhenFull.REFUSE));
    }

    private static String timeOfDay(int minutes) {
        return LocalTime.MIN.plusMinutes(minutes).toString();
    }

    private static int minutes(@Nullable String at) {
        if (at == null) {
            return 0;
        }
        try {
            if (at.length() == 5) {
                return LocalTime.parse(at).get(ChronoField.MINUTE_OF_DAY);
            }
        } catch (DateTimeException e) {
            // Refused below, in the words of a limit.
        }
        throw new IllegalArgumentException("Expected at as a time of day like 08:00, but got '" + at + "'");
    }
}
