package io.limitledger.core.law;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.CalendarPeriod.Unit;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Random commands. Ids are few, limits small and times round, so that commands affect each other and fall on the
 * millisecond at which something is due.
 */
public final class RandomCommands {
    private static final long[] LEASES = {1_000, 2_000, 5_000, 10_000, 60_000};
    private static final long[] WAITS = {0, 0, 1, 1_000, 3_000, 5_000, 60_000};

    private final Random random;
    private final Mix mix;
    private final List<LimitCommand> made = new ArrayList<>();

    public RandomCommands(Random random, Mix mix) {
        this.random = random;
        this.mix = mix;
    }

    /** A random command, sometimes one that was returned before. */
    public LimitCommand next() {
        LimitCommand command = mix.model() ? model() : plain(random.nextInt(100));
        made.add(command);
        return command;
    }

    /** A command that defines a limit. */
    public PutLimit put(String limit) {
        PutLimit put = definition(limit);
        made.add(put);
        return put;
    }

    private LimitCommand plain(int kind) {
        if (kind < 35) {
            return acquire();
        }
        if (kind < 40) {
            return mix.leaseless() ? leaseless() : acquire();
        }
        if (kind < 55) {
            return new ReleaseLease(limitOrNone(), id());
        }
        if (kind < 62) {
            return new RenewLease(limitOrNone(), id(), pick(LEASES), holder());
        }
        if (kind < 69) {
            return new CancelAcquire(limitOrNone(), id());
        }
        if (kind < 77) {
            return new Tick(limit());
        }
        if (kind < 87) {
            return new UpdateLimit(limit(), change());
        }
        if (kind < 90) {
            return definition(limit());
        }
        if (kind < 92) {
            return new DeleteLimit(limit());
        }
        return kind < 94 && mix.renames() ? new RenameLimit(limit(), limit()) : repeat();
    }

    private LimitCommand model() {
        int kind = random.nextInt(100);
        if (kind >= 70) {
            return command(random.nextInt(35));
        }
        if (kind < 8) {
            return new SettleLease(limitOrNone(), id(), random.nextInt(5));
        }
        if (kind < 12) {
            return new DefineKey(limit(), key(), random.nextInt(3) == 0 ? null : override());
        }
        if (kind < 15) {
            Queueing queueing = queueing();
            return new UpdateLimit(
                    limit(),
                    new DefinitionChange(
                            null,
                            null,
                            null,
                            null,
                            null,
                            random.nextBoolean() ? quotas() : null,
                            random.nextBoolean() ? keyBounds() : null,
                            random.nextBoolean() ? queueing.order() : null,
                            random.nextBoolean() ? queueing.maxWaiting() : null,
                            random.nextBoolean() ? queueing.whenFull() : null));
        }
        return command(random.nextInt(100));
    }

    private LimitCommand command(int kind) {
        LimitCommand command = plain(kind);
        if (command instanceof AcquireLease acquire) {
            return new AcquireLease(
                    acquire.claim().on(terms(acquire.slots())),
                    mix.waits() && random.nextInt(3) > 0 ? 60_000 : acquire.waitMillis(),
                    acquire.takeUpMillis(),
                    random.nextInt(12) == 0);
        }
        if (command instanceof ReleaseLease release && random.nextInt(3) == 0) {
            return new ReleaseLease(release.limit(), release.leaseId(), (long) random.nextInt(4));
        }
        return command;
    }

    private Definition model(Definition plain) {
        List<Quota> quotas = random.nextInt(3) == 0 ? List.of() : quotas();
        KeyBounds perKey = random.nextBoolean() ? keyBounds() : null;
        // The naive model promises no starts, and none can be promised where keys have a say.
        boolean isKnown = mix.decays().size() > 1 || perKey != null;
        boolean isUnbounded = isKnown && plain.slotDecayPerSecond() == 0 && !quotas.isEmpty() && random.nextInt(3) == 0;
        return new Definition(
                isUnbounded ? Definition.UNBOUNDED : plain.limit(),
                plain.slotDecayPerSecond(),
                plain.active(),
                quotas,
                perKey,
                random.nextBoolean() ? queueing() : Queueing.DEFAULT);
    }

    private List<Quota> quotas() {
        List<Quota> quotas = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            quotas.add(new Quota(1 + random.nextInt(5), new SlidingPeriod(random.nextBoolean() ? 1 : 6)));
        }
        if (random.nextInt(3) == 0) {
            quotas.add(new Quota(1 + random.nextInt(8), new CalendarPeriod(Unit.MINUTE)));
        }
        return quotas;
    }

    private KeyBounds keyBounds() {
        boolean hasLimit = random.nextInt(3) > 0;
        double decay = hasLimit && mix.decays().size() > 1 && random.nextInt(3) == 0 ? 1 : 0;
        List<Quota> quotas = hasLimit ? quotas() : List.of(new Quota(1 + random.nextInt(3), new SlidingPeriod(3)));
        return new KeyBounds(
                hasLimit ? 1 + random.nextInt(3) : Definition.UNBOUNDED,
                decay,
                quotas,
                random.nextInt(4) == 0 ? (long) random.nextInt(3) : null,
                1);
    }

    private KeyOverride override() {
        return new KeyOverride(
                random.nextBoolean() ? (long) random.nextInt(4) : null,
                null,
                random.nextInt(4) == 0 ? quotas() : null,
                null,
                random.nextBoolean() ? 0.5 + random.nextInt(3) : null);
    }

    private Queueing queueing() {
        boolean replaces = random.nextInt(4) == 0;
        return new Queueing(
                random.nextBoolean() ? Queueing.Order.FAIR : Queueing.Order.FIFO,
                replaces || random.nextInt(4) == 0 ? (long) (1 + random.nextInt(3)) : null,
                replaces ? Queueing.WhenFull.REPLACE_OLDEST : Queueing.WhenFull.REFUSE);
    }

    private Terms terms(long slots) {
        return new Terms(
                random.nextInt(3) == 0 ? null : key(),
                random.nextInt(4) == 0 ? random.nextInt(20) - 5 : 0,
                random.nextInt(8) == 0 ? slots : null,
                random.nextInt(3) == 0 ? Terms.OnExpiry.REFUND : Terms.OnExpiry.CHARGE);
    }

    private String key() {
        return "key " + random.nextInt(3);
    }

    private AcquireLease acquire() {
        boolean leaseless = mix.leaseless() && (!mix.leases() || random.nextInt(3) == 0);
        return new AcquireLease(
                new Claim(
                        id(),
                        limit(),
                        random.nextInt(60) == 0 ? 0 : 1 + random.nextInt(random.nextInt(3) + 1),
                        leaseless ? 0 : pick(LEASES),
                        holder(),
                        random.nextInt(4) == 0 ? mix.limits() : List.of()),
                mix.waits() ? pick(WAITS) : 0,
                mix.confirms() && random.nextInt(3) == 0 ? 1_000L : null);
    }

    private LimitCommand leaseless() {
        int slots = 1 + random.nextInt(2);
        return random.nextBoolean()
                ? new TakeSlots(limit(), id(), slots, holder())
                : new ReturnSlots(limit(), slots, random.nextInt(3) * 1_500L);
    }

    private LimitCommand repeat() {
        return made.isEmpty() ? definition(limit()) : made.get(random.nextInt(made.size()));
    }

    private PutLimit definition(String limit) {
        Definition plain = new Definition(1 + random.nextInt(4), decay(), random.nextInt(8) > 0);
        return new PutLimit(limit, mix.model() ? model(plain) : plain, null, random.nextInt(4) == 0);
    }

    private DefinitionChange change() {
        return switch (random.nextInt(6)) {
            case 0 -> new DefinitionChange(null, decay(), null, null, null);
            case 1 -> new DefinitionChange(null, null, random.nextBoolean(), null, null);
            case 2 -> new DefinitionChange(0L, null, null, null, null);
            case 3 -> new DefinitionChange(null, null, null, mix.leaseless() ? (long) random.nextInt(3) : null, 1L);
            default -> new DefinitionChange((long) random.nextInt(6), null, true, null, null);
        };
    }

    private double decay() {
        return mix.decays().get(random.nextInt(mix.decays().size()));
    }

    private String limit() {
        return mix.limits().get(random.nextInt(mix.limits().size()));
    }

    private @Nullable String limitOrNone() {
        return mix.unnamed() && random.nextInt(3) == 0 ? null : limit();
    }

    private UUID id() {
        return new UUID(0, 1 + random.nextInt(mix.model() ? 14 : 6));
    }

    private @Nullable Holder holder() {
        return random.nextInt(10) == 0 ? new Holder("\"me\"") : null;
    }

    private long pick(long[] values) {
        return values[random.nextInt(values.length)];
    }
}
