package io.limitledger.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.CalendarPeriod.Unit;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.OffsetChange;
import io.limitledger.core.state.Period;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Queueing.Order;
import io.limitledger.core.state.Queueing.WhenFull;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Terms.OnExpiry;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a limit, a key and an acquire may not say, each with the field that is named. */
class ModelFieldsTest {
    private static final Quota MINUTE = new Quota(5, new SlidingPeriod(60));
    private static final KeyBounds TWO = new KeyBounds(2, 0, List.of());

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void namesTheField(String what, LimitCommand command, String field) {
        assertThat(command.invalidFields())
                .as(what)
                .extracting(InvalidField::field)
                .contains(field);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("nothing is bounded", limit(Definition.UNBOUNDED, List.of(), null, Queueing.DEFAULT), "limit"),
                mistake(
                        "five quotas",
                        quotas(
                                new SlidingPeriod(1),
                                new SlidingPeriod(2),
                                new SlidingPeriod(3),
                                new SlidingPeriod(4),
                                new SlidingPeriod(5)),
                        "quotas"),
                mistake("a period of no time", quotas(new SlidingPeriod(0)), "quotas.perSeconds"),
                mistake("a period of 32 days", quotas(new SlidingPeriod(32 * 86_400)), "quotas.perSeconds"),
                mistake("one period twice", quotas(new SlidingPeriod(60), new SlidingPeriod(60)), "quotas"),
                mistake(
                        "a quota of no slots",
                        limit(1, List.of(new Quota(0, new SlidingPeriod(1))), null, Queueing.DEFAULT),
                        "quotas.slots"),
                mistake(
                        "no offsets",
                        quotas(new CalendarPeriod(Unit.DAY, "Europe/Berlin", 0, List.of())),
                        "quotas.offsets"),
                mistake(
                        "offsets out of order",
                        quotas(new CalendarPeriod(
                                Unit.DAY, "Europe/Berlin", 0, List.of(new OffsetChange(2, 0), new OffsetChange(1, 0)))),
                        "quotas.offsets"),
                mistake(
                        "an offset of a day",
                        quotas(new CalendarPeriod(Unit.DAY, "X", 0, List.of(new OffsetChange(2, 86_400)))),
                        "quotas.offsets"),
                mistake(
                        "too many offsets",
                        quotas(new CalendarPeriod(
                                Unit.DAY,
                                "X",
                                0,
                                IntStream.rangeClosed(0, 100)
                                        .mapToObj(at -> new OffsetChange(at, 0))
                                        .toList())),
                        "quotas.offsets"),
                mistake(
                        "a day that begins at 24:00",
                        quotas(new CalendarPeriod(Unit.DAY, "UTC", 1_440, List.of())),
                        "quotas.at"),
                mistake(
                        "decay without a limit",
                        new PutLimit(
                                "a",
                                new Definition(Definition.UNBOUNDED, 1, true, List.of(MINUTE), null, Queueing.DEFAULT),
                                null,
                                false),
                        "slotDecayPerSecond"),
                mistake(
                        "an empty perKey",
                        limit(1, List.of(), new KeyBounds(Definition.UNBOUNDED, 0, List.of()), Queueing.DEFAULT),
                        "perKey"),
                mistake(
                        "decay of a key without a limit",
                        limit(1, List.of(), new KeyBounds(Definition.UNBOUNDED, 1, List.of(MINUTE)), Queueing.DEFAULT),
                        "perKey.slotDecayPerSecond"),
                mistake(
                        "nothing to order",
                        limit(Definition.UNBOUNDED, List.of(), TWO, new Queueing(Order.FAIR, null, WhenFull.REFUSE)),
                        "order"),
                mistake(
                        "replaceOldest of a queue without an end",
                        limit(1, List.of(), null, new Queueing(Order.FIFO, null, WhenFull.REPLACE_OLDEST)),
                        "whenFull"),
                mistake(
                        "replaceOldest of none",
                        limit(1, List.of(), null, new Queueing(Order.FIFO, 0L, WhenFull.REPLACE_OLDEST)),
                        "maxWaiting"),
                mistake(
                        "too long a queue",
                        limit(1, List.of(), null, new Queueing(Order.FIFO, 20_001L, WhenFull.REFUSE)),
                        "maxWaiting"),
                mistake("a key without a name", acquire(new Terms("", 0, null, OnExpiry.CHARGE)), "key"),
                mistake("a key that is too long", acquire(new Terms("k".repeat(256), 0, null, OnExpiry.CHARGE)), "key"),
                mistake(
                        "a head start of more than an hour",
                        acquire(new Terms(null, 3_601, null, OnExpiry.CHARGE)),
                        "priority"),
                mistake(
                        "a weight of nothing",
                        new DefineKey("a", "k", new KeyOverride(null, null, null, null, 0.0)),
                        "weight"),
                mistake(
                        "a weight that is no number",
                        new DefineKey("a", "k", new KeyOverride(null, null, null, null, Double.NaN)),
                        "weight"),
                mistake("fewer than no slots", new SettleLease("a", new UUID(0, 1), -1), "slots"),
                mistake("fewer than no slots used", new ReleaseLease("a", new UUID(0, 1), -1L), "used"));
    }

    @ParameterizedTest
    @MethodSource("right")
    void allowsWhatMakesSense(LimitCommand command) {
        assertThat(command.invalidFields()).isEmpty();
    }

    static Stream<LimitCommand> right() {
        return Stream.of(
                limit(Definition.UNBOUNDED, List.of(), TWO, Queueing.DEFAULT),
                limit(Definition.UNBOUNDED, List.of(MINUTE), null, Queueing.DEFAULT),
                limit(0, List.of(), null, new Queueing(Order.FAIR, 0L, WhenFull.REFUSE)),
                quotas(
                        new CalendarPeriod(Unit.DAY),
                        new CalendarPeriod(Unit.MONTH),
                        new SlidingPeriod(1),
                        new SlidingPeriod(60)),
                acquire(new Terms("eu/customer-42", -3_600, 5L, OnExpiry.REFUND)),
                new DefineKey("a", "eu/customer-42", new KeyOverride(20L, null, List.of(), 5L, 0.01)),
                new DefineKey("a", "k", null));
    }

    private static Arguments mistake(String what, LimitCommand command, String field) {
        return Arguments.of(what, command, field);
    }

    private static PutLimit quotas(Period... periods) {
        return limit(1, Stream.of(periods).map(period -> new Quota(5, period)).toList(), null, Queueing.DEFAULT);
    }

    private static PutLimit limit(long limit, List<Quota> quotas, @Nullable KeyBounds perKey, Queueing queueing) {
        return new PutLimit("a", new Definition(limit, 0, true, quotas, perKey, queueing), null, false);
    }

    private static AcquireLease acquire(Terms terms) {
        return new AcquireLease(new Claim(new UUID(0, 1), "a", 5, 1_000, null, List.of(), terms), 0, null);
    }
}
