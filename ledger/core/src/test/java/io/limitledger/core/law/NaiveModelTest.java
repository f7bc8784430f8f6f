package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.KeyStored;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Returned;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Slice;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger decides like {@link NaiveModel}. */
class NaiveModelTest {
    @Test
    void quotasKeysOrdersAndSettlementsAreDecidedLikeTheModel() {
        Laws.hold(Mix.ONE_MODEL_LIMIT, NaiveModelTest::compare);
    }

    /** The comparison notices each word that is read wrongly. */
    @ParameterizedTest
    @EnumSource
    void findsAPlantedBug(Bug bug) {
        assertThatThrownBy(() -> Laws.hold(Mix.ONE_MODEL_LIMIT, log -> compare(log, bug::plantIn)))
                .isInstanceOf(AssertionError.class);
    }

    /** What the naive model is told wrongly. */
    private enum Bug {
        HEAD_START_IGNORED {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return with(command, terms -> new Terms(terms.key(), 0, terms.upTo(), terms.onExpiry()));
            }
        },
        KEY_IGNORED {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return with(command, terms -> new Terms(null, terms.priority(), terms.upTo(), terms.onExpiry()));
            }
        },
        EXPIRY_NEVER_REFUNDED {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return with(
                        command,
                        terms -> new Terms(terms.key(), terms.priority(), terms.upTo(), Terms.OnExpiry.CHARGE));
            }
        },
        ONE_SLOT_MORE_SETTLED {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return command instanceof SettleLease settle
                        ? new SettleLease(settle.limit(), settle.leaseId(), settle.slots() + 1)
                        : command;
            }
        },
        USED_IGNORED {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return command instanceof ReleaseLease release
                        ? new ReleaseLease(release.limit(), release.leaseId())
                        : command;
            }
        },
        OVERRIDE_IGNORED {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return command instanceof DefineKey define
                        ? new DefineKey(define.limit(), define.key(), null)
                        : command;
            }
        },
        FAIR_READ_AS_FIFO {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return with(
                        command,
                        definition -> new Queueing(Queueing.Order.FIFO, definition.maxWaiting(), definition.whenFull()),
                        quotas -> quotas);
            }
        },
        OLDEST_NEVER_REPLACED {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return with(
                        command,
                        definition ->
                                new Queueing(definition.order(), definition.maxWaiting(), Queueing.WhenFull.REFUSE),
                        quotas -> quotas);
            }
        },
        QUOTA_OF_ONE_SLOT_MORE {
            @Override
            LimitCommand plantIn(LimitCommand command) {
                return with(
                        command,
                        queueing -> queueing,
                        quotas -> quotas.stream()
                                .map(quota -> new Quota(quota.slots() + 1, quota.period()))
                                .toList());
            }
        };

        abstract LimitCommand plantIn(LimitCommand command);

        private static LimitCommand with(LimitCommand command, UnaryOperator<Terms> change) {
            if (!(command instanceof AcquireLease acquire) || acquire.claim().terms() == null) {
                return command;
            }
            return new AcquireLease(
                    acquire.claim().on(change.apply(acquire.claim().terms())),
                    acquire.waitMillis(),
                    acquire.takeUpMillis(),
                    acquire.check());
        }

        private static LimitCommand with(
                LimitCommand command, UnaryOperator<Queueing> queueing, UnaryOperator<List<Quota>> quotas) {
            if (!(command instanceof PutLimit put)) {
                return command;
            }
            Definition definition = put.definition();
            Definition changed = new Definition(
                    definition.limit(),
                    definition.slotDecayPerSecond(),
                    definition.active(),
                    quotas.apply(definition.quotas()),
                    definition.perKey(),
                    queueing.apply(definition.queueing()));
            return new PutLimit(put.limit(), changed, put.limitId(), put.mustBeNew());
        }
    }

    private static void compare(List<LogEntry> log) {
        compare(log, UnaryOperator.identity());
    }

    private static void compare(List<LogEntry> log, UnaryOperator<LimitCommand> bug) {
        World world = new World();
        NaiveModel naive = new NaiveModel();
        for (LogEntry given : log) {
            LogEntry entry = given.with(withoutHolder(given.command()));
            Decision decision = world.decide(entry);
            decision.events().stream()
                    .filter(event -> event.fact() instanceof LeasesProlonged)
                    .forEach(event -> naive.prolong(entry, ((LeasesProlonged) event.fact()).byMillis()));
            List<String> expected = naive.decide(entry.with(bug.apply(entry.command())));
            assertThat(answers(decision)).as("answers to #%d", entry.offset()).isEqualTo(expected);
            Limit limit = world.records.limit("a");
            if (limit != null && entry.command().invalidFields().isEmpty()) {
                assertThat(limit.bucket().levelMicros())
                        .as("occupied after #%d", entry.offset())
                        .isEqualTo(naive.occupied() * Bucket.MICROS);
                assertThat(counted(limit, Math.max(entry.timestamp(), limit.decidedAt())))
                        .as("counted after #%d", entry.offset())
                        .isEqualTo(naive.counted());
                for (String key : List.of("key 0", "key 1", "key 2")) {
                    assertThat(countedOf(key, world, limit, entry.timestamp()))
                            .as("counted of %s after #%d", key, entry.offset())
                            .isEqualTo(naive.countedOf(key));
                }
            }
        }
    }

    /** Holders are compared elsewhere. */
    private static LimitCommand withoutHolder(LimitCommand command) {
        if (command instanceof AcquireLease acquire) {
            var claim = acquire.claim();
            return new AcquireLease(
                    new Claim(
                            claim.leaseId(),
                            claim.limit(),
                            claim.slots(),
                            claim.leaseMillis(),
                            null,
                            claim.siblings(),
                            claim.terms()),
                    acquire.waitMillis(),
                    acquire.takeUpMillis(),
                    acquire.check());
        }
        if (command instanceof RenewLease renew) {
            return new RenewLease(renew.limit(), renew.leaseId(), renew.leaseMillis(), null);
        }
        return command instanceof TakeSlots take
                ? new TakeSlots(take.limit(), take.leaseId(), take.slots(), null)
                : command;
    }

    private static List<Long> countedOf(String key, World world, Limit limit, long timestamp) {
        KeyUse use = world.records.keyUse("a", key);
        KeyBounds bounds = limit.definition().boundsOf(use == null ? null : use.override());
        List<Long> counted = new ArrayList<>();
        counted.add(use == null ? 0 : use.held());
        counted.addAll(counted(
                use == null ? Windows.EMPTY : use.windows(), bounds.quotas(), Math.max(timestamp, limit.decidedAt())));
        return counted;
    }

    private static List<Long> counted(Limit limit, long now) {
        return counted(limit.usage().windows(), limit.definition().quotas(), now);
    }

    private static List<Long> counted(Windows windows, List<Quota> quotas, long now) {
        List<Long> counted = new ArrayList<>();
        for (int index = 0; index < quotas.size(); index++) {
            Quota quota = quotas.get(index);
            List<Slice> slices = windows.all().isEmpty()
                    ? List.of()
                    : windows.all().get(index).slices();
            counted.add(slices.stream()
                    .filter(slice -> quota.period().returnsAt(slice.until()) > now)
                    .mapToLong(Slice::slots)
                    .sum());
        }
        return counted;
    }

    private static List<String> answers(Decision decision) {
        List<String> answers = new ArrayList<>();
        answers.add(answer(decision.reply()));
        decision.answers()
                .forEach(answer -> answers.add("to " + answer.asker().correlationId() + ": " + answer(answer.reply())));
        return answers;
    }

    private static String answer(Reply reply) {
        if (reply instanceof Granted granted) {
            var lease = granted.lease();
            return "granted " + lease.slots() + " from " + lease.startsAt() + " until " + lease.expiresAt();
        }
        if (reply instanceof Renewed renewed) {
            return "renewed until " + renewed.lease().expiresAt();
        }
        if (reply instanceof Queued queued) {
            return "queued until " + queued.until();
        }
        if (reply instanceof Denied denied) {
            return switch (denied.reason()) {
                case PAUSED, FULL, QUOTA, KEY -> "denied";
                default -> "denied " + denied.reason();
            };
        }
        if (reply instanceof Charged charged) {
            return "charged " + charged.lease().usedSlots();
        }
        if (reply instanceof Checked checked) {
            return "checked " + (checked.denial() == null);
        }
        if (reply instanceof KeyStored) {
            return "key stored";
        }
        if (reply instanceof Refused refused) {
            return "refused " + refused.reason();
        }
        if (reply instanceof Stored stored) {
            return stored.created() ? "stored, new" : "stored";
        }
        if (reply instanceof Returned returned) {
            return "returned " + returned.freedMicros() / Bucket.MICROS;
        }
        return reply.type().toLowerCase(Locale.ROOT);
    }
}
