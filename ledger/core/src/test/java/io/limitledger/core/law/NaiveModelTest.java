package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
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
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ledger decides like {@link NaiveModel}. */
class NaiveModelTest {
    @Test
    void quotasKeysOrdersAndSettlementsAreDecidedLikeTheModel() {
        Laws.hold(Mix.ONE_MODEL_LIMIT, NaiveModelTest::compare);
    }

    private static void compare(List<LogEntry> log) {
        World world = new World();
        NaiveModel naive = new NaiveModel();
        for (LogEntry given : log) {
            LogEntry entry = new LogEntry(withoutHolder(given.command()), given.timestamp(), given.offset(), given.asker());
            Decision decision = world.decide(entry);
            decision.events().stream()
                    .filter(event -> event.fact() instanceof LeasesProlonged)
                    .forEach(event -> naive.prolong(entry, ((LeasesProlonged) event.fact()).byMillis()));
            List<String> expected = naive.decide(entry);
            assertThat(answers(decision)).as("answers to #%d", entry.offset()).isEqualTo(expected);
            Limit limit = world.records.limit("a");
            if (limit != null && entry.command().invalidFields().isEmpty()) {
                assertThat(limit.bucket().levelMicros())
                        .as("occupied after #%d", entry.offset())
                        .isEqualTo(naive.occupied() * Bucket.MICROS);
                assertThat(counted(limit, Math.max(entry.timestamp(), limit.decidedAt())))
                        .as("counted after #%d", entry.offset())
                        .isEqualTo(naive.counted());
            }
        }
    }

    /** Holders are compared elsewhere. */
    private static LimitCommand withoutHolder(LimitCommand command) {
        if (command instanceof AcquireLease acquire) {
            var claim = acquire.claim();
            return new AcquireLease(
                    new io.limitledger.core.state.Claim(
                            claim.leaseId(), claim.limit(), claim.slots(), claim.leaseMillis(), null, claim.siblings(), claim.terms()),
                    acquire.waitMillis(),
                    acquire.takeUpMillis(),
                    acquire.check());
        }
        if (command instanceof RenewLease renew) {
            return new RenewLease(renew.limit(), renew.leaseId(), renew.leaseMillis(), null);
        }
        return command instanceof TakeSlots take ? new TakeSlots(take.limit(), take.leaseId(), take.slots(), null) : command;
    }

    private static List<Long> counted(Limit limit, long now) {
        List<Long> counted = new ArrayList<>();
        List<Quota> quotas = limit.definition().quotas();
        for (int index = 0; index < quotas.size(); index++) {
            Quota quota = quotas.get(index);
            List<Slice> slices = limit.usage().windows().all().isEmpty()
                    ? List.of()
                    : limit.usage().windows().all().get(index).slices();
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
        decision.answers().forEach(answer -> answers.add("to " + answer.asker().correlationId() + ": " + answer(answer.reply())));
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
