package io.limitledger.simulation;

import io.limitledger.client.Sending;
import io.limitledger.core.command.AcquireLease;
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
import io.limitledger.core.state.Waiter;
import io.limitledger.wire.ReplyRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Bugs, each of them as somebody might make it. */
final class Planted {
    private Planted() {}

    /** Whoever should be denied is granted what it asks for. */
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

    /** A renewal grants the lease once more. */
    static Parts grantsWhatItShouldRenew() {
        return events((event, entry) -> event.fact() instanceof LeaseRenewed renewed
                ? new LeaseGranted(
                        lease(new LeaseDenied(renewed.leaseId(), 1, Denied.Reason.FULL, 0, null), event),
                        0,
                        Bucket.empty(event.at()))
                : event.fact());
    }

    /** Releasing what is not held frees a slot. */
    static Parts freesWhatIsNotHeld() {
        return events((event, entry) -> event.fact() instanceof AcquireCancelled cancelled
                ? new LeaseReleased(
                        cancelled.leaseId(), Bucket.MICROS, Bucket.empty(event.at()), new Demand(0, 0, 0), null)
                : event.fact());
    }

    /** The last in line is served first. */
    static Parts servesTheLastInLine() {
        return seenAs(state -> overriding(state, "firstInQueue", (limit, answer) -> {
            Waiter last = (Waiter) answer;
            for (Waiter waiter : state.waiters((String) limit)) {
                last = waiter;
            }
            return last;
        }));
    }

    /** Events that are not noteworthy take no number. */
    static Parts numbersOnlyWhatChangesSomething() {
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
                                        event.fact())
                                : event)
                        .toList(),
                decision.reply(),
                decision.answers(),
                decision.messages()));
    }

    /** Ticks count from a clock that is ahead. */
    static Parts ticksAheadOfTime() {
        return entries(entry -> entry.command() instanceof Tick
                ? new LogEntry(entry.command(), entry.timestamp() + 2_000, entry.offset(), entry.asker())
                : entry);
    }

    /** What is decided is never earlier than what was, and that is all. */
    static Parts standsStillWhileAClockIsBehind() {
        return new Parts() {
            @Override
            public Decider decider(HeapRecords records) {
                return new LedgerDecider(records, UnaryOperator.identity(), new FirstRules());
            }
        };
    }

    static Parts overlooksExpiries() {
        return seenAs(state -> overriding(state, "firstExpiryAt", (limit, at) -> LedgerState.NEVER));
    }

    static Parts overlooksTheEndOfWaits() {
        return seenAs(state -> overriding(state, "firstGiveUpAt", (limit, at) -> LedgerState.NEVER));
    }

    /** A lease is said to last a second longer than is noted. */
    static Parts promisesMoreThanIsNoted() {
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

    /** A renewal is a millisecond short. */
    static Parts renewsForLess() {
        return entries(entry -> entry.command() instanceof RenewLease renew && renew.leaseMillis() > 1_000
                ? new LogEntry(
                        new RenewLease(renew.limit(), renew.leaseId(), renew.leaseMillis() - 1, renew.holder()),
                        entry.timestamp(),
                        entry.offset(),
                        entry.asker())
                : entry);
    }

    /** What has ended is remembered on the heap only. */
    static Parts forgetsInARestart() {
        return new Parts() {
            @Override
            public Decider restarted(HeapRecords committed) {
                committed.copy().forEach(limit -> {}, record -> {
                    if (record instanceof EndedLease) {
                        committed.removeLease(record.limit(), record.leaseId());
                    }
                });
                return new LedgerDecider(committed);
            }
        };
    }

    /** The time to ask again depends on who decides. */
    static Parts answersByItself() {
        return new Parts() {
            @Override
            public Reply told(Reply reply, int instance) {
                return reply instanceof Denied denied
                        ? new Denied(
                                denied.limit(), denied.leaseId(), denied.reason(), denied.retryAfterMillis() + instance)
                        : reply;
            }
        };
    }

    /** A renewal of which nobody knows is taken for done. */
    static Parts believesInRenewals() {
        return answers((command, answer) -> command instanceof RenewLease
                ? answer.exceptionally(unknown -> new ReplyRecord(new Renewed(null), 0, 0, 0, 1))
                : answer);
    }

    /** What is handed over at the end of a wait is not taken up. */
    static Parts leavesLeasesOnTrial() {
        return sender(sound -> new Sender(sound) {
            @Override
            public CompletableFuture<RecordMetadata> append(LimitCommand command, int partition) {
                return super.append(new Tick(command.limit()), partition);
            }
        });
    }

    /** A release of which nobody knows is taken for done. */
    static Parts believesInReleases() {
        return answers((command, answer) -> command instanceof ReleaseLease release
                ? answer.exceptionally(unknown -> new ReplyRecord(new Released(release.leaseId()), 0, 0, 0, 1))
                : answer);
    }

    /** Where several limits are asked for, one of them is not asked. */
    static Parts skipsALimit() {
        return sender(sound -> new Sender(sound) {
            @Override
            public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
                if (command instanceof AcquireLease acquire
                        && acquire.limit().equals(Simulation.CONCURRENCY)
                        && !acquire.siblings().isEmpty()) {
                    Lease lease = lease(acquire.leaseId(), acquire.leaseMillis(), acquire.siblings());
                    return CompletableFuture.completedFuture(new ReplyRecord(new Granted(lease), partition, 0, 0, 1));
                }
                return super.send(command, partition)
                        .thenApply(told -> isGone(told) && command instanceof RenewLease renew
                                ? new ReplyRecord(
                                        new Renewed(lease(renew.leaseId(), renew.leaseMillis(), List.of())),
                                        partition,
                                        0,
                                        0,
                                        1)
                                : told);
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

    /** A client takes what it is granted for a denial. */
    static Parts hearsTheOpposite() {
        return answers((command, answer) -> command instanceof AcquireLease acquire
                ? answer.thenApply(told -> told.reply() instanceof Granted
                        ? told.with(new Denied(acquire.limit(), acquire.leaseId(), Denied.Reason.FULL, 1))
                        : told)
                : answer);
    }

    /** A client waits for ever for an answer that was lost. */
    static Parts neverGivesUp() {
        return answers((command, answer) -> {
            CompletableFuture<ReplyRecord> patient = new CompletableFuture<>();
            CompletableFuture<Void> unused = answer.thenAccept(patient::complete);
            return patient;
        });
    }

    /** A client takes its own clock, which is ahead, for that of the broker. */
    static Parts readsItsOwnClock() {
        return new Parts() {
            @Override
            public long readAt(long at) {
                return at + 3_000;
            }
        };
    }

    /** A limit that is sent to another name does not note that it leaves. */
    static Parts leavesWithoutSayingSo() {
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

    /** What is there to tell absences by is passed over. */
    static Parts hearsNoHeartbeats() {
        return entries(entry -> entry.command() instanceof Heartbeat
                ? new LogEntry(new Tick(Simulation.RATE), entry.timestamp(), entry.offset(), entry.asker())
                : entry);
    }

    static Parts prolongsTwice() {
        return events((event, entry) -> event.fact() instanceof LeasesProlonged prolonged
                ? new LeasesProlonged(2 * prolonged.byMillis())
                : event.fact());
    }

    static Parts keepsWhatItDeletes() {
        return entries(entry -> entry.command() instanceof DeleteLimit
                ? new LogEntry(new Tick(entry.command().limit()), entry.timestamp(), entry.offset(), entry.asker())
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

    private static Parts seenAs(UnaryOperator<MutableLedgerState> bug) {
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
                Planted.class.getClassLoader(),
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
            public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
                return bug.apply(command, super.send(command, partition));
            }
        });
    }

    /** Passes everything on. */
    private static class Sender implements Sending {
        private final Sending sound;

        Sender(Sending sound) {
            this.sound = sound;
        }

        @Override
        public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
            return sound.send(command, partition);
        }

        @Override
        public CompletableFuture<RecordMetadata> append(LimitCommand command, int partition) {
            return sound.append(command, partition);
        }

        @Override
        public int partitions() {
            return sound.partitions();
        }
    }
}
