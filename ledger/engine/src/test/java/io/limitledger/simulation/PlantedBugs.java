package io.limitledger.simulation;

import io.limitledger.client.Sending;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.event.CommandRefused;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.FirstRules;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.MutableLedgerState;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Windows;
import io.limitledger.wire.ReplyRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Bugs that a developer could plausibly introduce, for {@link InvariantsTest}. */
final class PlantedBugs {
    private PlantedBugs() {}

    /** A denied acquire is recorded as a grant. */
    static Parts grantsWhatItShouldDeny() {
        return events((event, entry) -> event.fact() instanceof LeaseDenied denied
                ? new LeaseGranted(lease(denied, event), 0, Bucket.empty(event.at()))
                : event.fact());
    }

    private static Lease lease(LeaseDenied denied, LimitEvent event) {
        long micros = denied.slots() * Bucket.MICROS;
        long until = event.at() + 1_000;
        return new Lease(
                new Claim(denied.leaseId(), event.limit(), denied.slots(), 1_000, null, List.of()),
                micros,
                0,
                event.at(),
                event.at(),
                until,
                null);
    }

    /** An acquire that is denied for its quota, or for its key, is recorded as a grant. */
    static Parts grantsBeyondQuotasAndKeys() {
        return events((event, entry) -> event.fact() instanceof LeaseDenied denied
                        && entry.command() instanceof AcquireLease acquire
                        && denied.obstacle() != null
                ? new LeaseGranted(
                        lease(denied, event)
                                .granted(
                                        Long.MAX_VALUE,
                                        new Spend(Windows.EMPTY, acquire.claim().key(), 0, 0, Windows.EMPTY)),
                        0,
                        Bucket.empty(event.at()))
                : event.fact());
    }

    /** All grants have the same fence. */
    static Parts handsOutOneFence() {
        return events((event, entry) -> event.fact() instanceof LeaseGranted granted
                ? new LeaseGranted(
                        granted.lease().granted(7L, granted.lease().spend()),
                        granted.waitedMillis(),
                        granted.bucket(),
                        granted.turn())
                : event.fact());
    }

    /** A renewal is recorded as a second grant of the lease. */
    static Parts grantsWhatItShouldRenew() {
        return events((event, entry) -> event.fact() instanceof LeaseRenewed renewed
                ? new LeaseGranted(
                        lease(new LeaseDenied(renewed.leaseId(), 1, Denied.Reason.FULL, 0, null), event),
                        0,
                        Bucket.empty(event.at()))
                : event.fact());
    }

    /** A release of a lease that is not held frees a slot. */
    static Parts freesSlotsThatAreNotHeld() {
        return events((event, entry) -> event.fact() instanceof AcquireCancelled cancelled
                ? new LeaseReleased(
                        cancelled.leaseId(), Bucket.MICROS, Bucket.empty(event.at()), new Demand(0, 0, 0), null)
                : event.fact());
    }

    /** The last waiter in the queue is served first. */
    static Parts servesTheLastInTheQueue() {
        return state(sound -> overriding(sound, "firstInQueue", (limit, answer) -> {
            Waiter last = (Waiter) answer;
            for (Waiter waiter : sound.waiters((String) limit)) {
                last = waiter;
            }
            return last;
        }));
    }

    /** A denial reuses the number of the event before it. */
    static Parts reusesNumbersForDenials() {
        return decisions((entry, decision) -> new Decision(
                decision.events().stream()
                        .map(event -> event.fact() instanceof LeaseDenied
                                ? new LimitEvent(
                                        event.limit(),
                                        event.number() - 1,
                                        event.at(),
                                        event.rules(),
                                        event.offset(),
                                        event.aheadMillis(),
                                        event.by(),
                                        event.fact())
                                : event)
                        .toList(),
                decision.reply(),
                decision.answers(),
                decision.messages()));
    }

    /** Ticks are dated by a clock that is ahead. */
    static Parts ticksAheadOfTime() {
        return entries(entry -> entry.command() instanceof Tick ? entry.at(entry.timestamp() + 2_000) : entry);
    }

    /** Time never goes back, but it does not advance either until the broker's clock has caught up: the first rules. */
    static Parts stopsTimeWhileAClockIsBehind() {
        return new Parts() {
            @Override
            public Decider decider(HeapRecords records) {
                return new LedgerDecider(records, UnaryOperator.identity(), new FirstRules());
            }
        };
    }

    static Parts overlooksExpiries() {
        return state(sound -> overriding(sound, "firstExpiryAt", (limit, at) -> LedgerState.NEVER));
    }

    static Parts overlooksTheEndOfWaits() {
        return state(sound -> overriding(sound, "firstGiveUpAt", (limit, at) -> LedgerState.NEVER));
    }

    /** A reply reports an end one second later than the event records. */
    static Parts reportsALaterEndThanItRecords() {
        return decisions((entry, decision) -> decision.reply() instanceof Granted granted
                ? new Decision(
                        decision.events(),
                        new Granted(granted.lease()
                                .renewed(
                                        granted.lease().expiresAt() + 1_000,
                                        granted.lease().holder())),
                        decision.answers(),
                        decision.messages())
                : decision);
    }

    /** A renewal is one millisecond too short. */
    static Parts shortensRenewals() {
        return entries(entry -> entry.command() instanceof RenewLease renew && renew.leaseMillis() > 1_000
                ? entry.with(new RenewLease(renew.limit(), renew.leaseId(), renew.leaseMillis() - 1, renew.holder()))
                : entry);
    }

    /** What a command says of an owner is not looked at. */
    static Parts ignoresOwners() {
        return entries(entry -> entry.with(withoutOwner(entry.command())));
    }

    private static LimitCommand withoutOwner(LimitCommand command) {
        if (command instanceof ReleaseLease release) {
            return new ReleaseLease(release.limit(), release.leaseId(), release.used());
        }
        if (command instanceof CancelAcquire cancel) {
            return new CancelAcquire(cancel.limit(), cancel.leaseId());
        }
        return command instanceof RenewLease renew
                ? new RenewLease(renew.limit(), renew.leaseId(), renew.leaseMillis(), renew.holder())
                : command;
    }

    /** A waiter's lease belongs to the principal that made room for it. */
    static Parts givesLeasesToWhoMadeRoom() {
        return events((event, entry) -> event.fact() instanceof LeaseGranted granted
                ? new LeaseGranted(
                        owned(granted.lease(), entry.by()), granted.waitedMillis(), granted.bucket(), granted.turn())
                : event.fact());
    }

    private static Lease owned(Lease lease, @Nullable String owner) {
        return new Lease(
                lease.claim().ownedBy(owner),
                lease.takenMicros(),
                lease.drainMark(),
                lease.acquiredAt(),
                lease.startsAt(),
                lease.expiresAt(),
                lease.handedTo(),
                lease.fence(),
                lease.spend(),
                lease.used());
    }

    /** Ended leases are kept on the heap only. */
    static Parts forgetsEndedLeasesInARestart() {
        return new Parts() {
            @Override
            public Decider restarted(HeapRecords committed) {
                committed
                        .copy()
                        .forEach(
                                limit -> {},
                                record -> {
                                    if (record instanceof EndedLease) {
                                        committed.removeLease(record.limit(), record.leaseId());
                                    }
                                },
                                use -> {});
                return new LedgerDecider(committed);
            }
        };
    }

    /** The retry time of a denial depends on the instance that replies. */
    static Parts repliesDifferentlyPerInstance() {
        return new Parts() {
            @Override
            public Reply sent(Reply reply, int instance) {
                return reply instanceof Denied denied
                        ? new Denied(
                                denied.limit(), denied.leaseId(), denied.reason(), denied.retryAfterMillis() + instance)
                        : reply;
            }
        };
    }

    /** A renewal with an unknown outcome is taken as successful. */
    static Parts assumesThatLostRenewalsSucceeded() {
        return answers((command, answer) -> command instanceof RenewLease renew
                ? answer.exceptionally(unknown -> new ReplyRecord(new Renewed(lease(renew)), 0, 0, 0, 1))
                : answer);
    }

    private static Lease lease(RenewLease renew) {
        String limit = renew.limit() == null ? "" : renew.limit();
        Claim claim = new Claim(renew.leaseId(), limit, 1, renew.leaseMillis(), renew.holder(), List.of());
        return new Lease(claim, 0, 0, 0, 0, renew.leaseMillis(), null);
    }

    /** A lease granted after a wait is never confirmed. */
    static Parts leavesLeasesUnconfirmed() {
        return sender(sound -> new Sender(sound) {
            @Override
            public CompletableFuture<RecordMetadata> append(LimitCommand command, int partition, @Nullable String by) {
                return super.append(new Tick(command.limit()), partition, by);
            }
        });
    }

    /** A release with an unknown outcome is taken as successful. */
    static Parts assumesThatLostReleasesSucceeded() {
        return answers((command, answer) -> command instanceof ReleaseLease release
                ? answer.exceptionally(unknown -> new ReplyRecord(new Released(release.leaseId()), 0, 0, 0, 1))
                : answer);
    }

    /** An acquire of several limits leaves out one of them. */
    static Parts skipsALimit() {
        return sender(sound -> new Sender(sound) {
            @Override
            public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
                if (command instanceof AcquireLease acquire
                        && acquire.limit().equals(Simulation.CONCURRENCY)
                        && !acquire.siblings().isEmpty()) {
                    Lease lease = lease(acquire.leaseId(), acquire.leaseMillis(), acquire.siblings());
                    return CompletableFuture.completedFuture(new ReplyRecord(new Granted(lease), partition, 0, 0, 1));
                }
                return super.send(command, partition, by)
                        .thenApply(reply -> isGone(reply) && command instanceof RenewLease renew
                                ? new ReplyRecord(
                                        new Renewed(lease(renew.leaseId(), renew.leaseMillis(), List.of())),
                                        partition,
                                        0,
                                        0,
                                        1)
                                : reply);
            }
        });
    }

    private static boolean isGone(ReplyRecord answer) {
        return answer.reply() instanceof Refused refused && refused.reason() == Refused.Reason.LEASE_GONE;
    }

    private static Lease lease(UUID leaseId, long leaseMillis, List<String> siblings) {
        return new Lease(
                new Claim(leaseId, Simulation.CONCURRENCY, 1, leaseMillis, null, siblings),
                0,
                0,
                0,
                0,
                Long.MAX_VALUE,
                null);
    }

    /** A client treats a grant as a denial. */
    static Parts takesGrantsForDenials() {
        return answers((command, answer) -> command instanceof AcquireLease acquire
                ? answer.thenApply(received -> received.reply() instanceof Granted
                        ? received.with(new Denied(acquire.limit(), acquire.leaseId(), Denied.Reason.FULL, 1))
                        : received)
                : answer);
    }

    /** A client waits forever for a lost answer. */
    static Parts neverGivesUp() {
        return answers((command, answer) -> {
            CompletableFuture<ReplyRecord> patient = new CompletableFuture<>();
            CompletableFuture<Void> unused = answer.thenAccept(patient::complete);
            return patient;
        });
    }

    /** A client uses its own clock, which is ahead, instead of the broker's. */
    static Parts readsItsOwnClock() {
        return new Parts() {
            @Override
            public long readAt(long at) {
                return at + 3_000;
            }
        };
    }

    /** A limit moves to another name without an event that records its leaving. */
    static Parts movesALimitWithoutAnEvent() {
        Parts bug = events((event, entry) -> event.fact() instanceof LimitLeaving
                ? new CommandRefused("RenameLimit", null, Refused.Reason.LIMIT_MOVING)
                : event.fact());
        return new Parts() {
            @Override
            public Decider decider(HeapRecords records) {
                return bug.decider(records);
            }

            @Override
            public boolean deliversLateParts() {
                return true;
            }
        };
    }

    static Parts sendsNoTicks() {
        return new Parts() {
            @Override
            public boolean sends(LimitCommand command) {
                return !(command instanceof Tick);
            }
        };
    }

    /** Heartbeats, which reveal absences, are ignored. */
    static Parts ignoresHeartbeats() {
        return entries(entry -> entry.command() instanceof Heartbeat ? entry.with(new Tick(Simulation.RATE)) : entry);
    }

    static Parts prolongsTwice() {
        return events((event, entry) -> event.fact() instanceof LeasesProlonged prolonged
                ? new LeasesProlonged(2 * prolonged.byMillis())
                : event.fact());
    }

    static Parts ignoresDeletes() {
        return entries(entry -> entry.command() instanceof DeleteLimit
                ? entry.with(new Tick(entry.command().limit()))
                : entry);
    }

    private static Parts decisions(BiFunction<LogEntry, Decision, Decision> bug) {
        return new Parts() {
            @Override
            public Decider decider(HeapRecords records) {
                return new LedgerDecider(records) {
                    @Override
                    public Decision decide(LogEntry entry) {
                        return bug.apply(entry, super.decide(entry));
                    }
                };
            }
        };
    }

    private static Parts events(BiFunction<LimitEvent, LogEntry, Fact> bug) {
        return decisions((entry, decision) -> new Decision(
                decision.events().stream()
                        .map(event -> new LimitEvent(
                                event.limit(),
                                event.number(),
                                event.at(),
                                event.rules(),
                                event.offset(),
                                event.aheadMillis(),
                                event.by(),
                                bug.apply(event, entry)))
                        .toList(),
                decision.reply(),
                decision.answers(),
                decision.messages()));
    }

    private static Parts entries(UnaryOperator<LogEntry> bug) {
        return new Parts() {
            @Override
            public Decider decider(HeapRecords records) {
                return new LedgerDecider(records) {
                    @Override
                    public Decision decide(LogEntry entry) {
                        return super.decide(bug.apply(entry));
                    }
                };
            }
        };
    }

    private static Parts state(UnaryOperator<MutableLedgerState> bug) {
        return new Parts() {
            @Override
            public Decider decider(HeapRecords records) {
                return new LedgerDecider(records, bug);
            }
        };
    }

    private static MutableLedgerState overriding(
            MutableLedgerState state, String question, BiFunction<Object, Object, Object> answer) {
        return (MutableLedgerState) Proxy.newProxyInstance(
                PlantedBugs.class.getClassLoader(),
                new Class<?>[] {MutableLedgerState.class},
                (proxy, method, arguments) -> {
                    try {
                        Object sound = method.invoke(state, arguments);
                        return method.getName().equals(question) ? answer.apply(arguments[0], sound) : sound;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static Parts sender(UnaryOperator<Sending> bug) {
        return new Parts() {
            @Override
            public Sending sender(Sending sound) {
                return bug.apply(sound);
            }
        };
    }

    private static Parts answers(
            BiFunction<LimitCommand, CompletableFuture<ReplyRecord>, CompletableFuture<ReplyRecord>> bug) {
        return sender(sound -> new Sender(sound) {
            @Override
            public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
                return bug.apply(command, super.send(command, partition, by));
            }
        });
    }

    /** Forwards every call. */
    private static class Sender implements Sending {
        private final Sending sound;

        Sender(Sending sound) {
            this.sound = sound;
        }

        @Override
        public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
            return sound.send(command, partition, by);
        }

        @Override
        public CompletableFuture<RecordMetadata> append(LimitCommand command, int partition, @Nullable String by) {
            return sound.append(command, partition, by);
        }

        @Override
        public int partitions() {
            return sound.partitions();
        }
    }
}
