package io.limitledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.Decision.Answer;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import java.math.BigDecimal;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;

/** What came of the command under test. A failure shows the whole time line. */
public final class Outcome {
    private final Decision decision;
    private final long at;
    private final Ledger ledger;
    private final HeapRecords records;
    private final String story;

    Outcome(Decision decision, long at, Ledger ledger, HeapRecords records, String story) {
        this.decision = decision;
        this.at = at;
        this.ledger = ledger;
        this.records = records;
        this.story = story;
    }

    /** This reply, whatever the fence of its lease. */
    public Outcome thenReply(Reply expected) {
        assertThat(withoutFence(decision.reply())).as("reply%n%s", story).isEqualTo(expected);
        return this;
    }

    /** A reply without the fence of its lease, which depends on the number of commands before. */
    public static Reply withoutFence(Reply reply) {
        if (reply instanceof Granted granted) {
            return new Granted(withoutFence(granted.lease()));
        }
        if (reply instanceof Charged charged) {
            return new Charged(withoutFence(charged.lease()));
        }
        return reply instanceof Renewed renewed ? new Renewed(withoutFence(renewed.lease())) : reply;
    }

    public static Lease withoutFence(Lease lease) {
        return lease.granted(null, lease.spend());
    }

    public Outcome thenRefused(Refused.Reason reason) {
        return thenRefused(reason, "Expected");
    }

    /** Refused, with a message that says so. */
    public Outcome thenRefused(Refused.Reason reason, String messagePart) {
        assertThat(decision.reply())
                .as("reply%n%s", story)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(reason);
                    assertThat(refused.message()).startsWith("Expected ").contains(messagePart);
                });
        return this;
    }

    /** Refused for exactly these fields, in this order, and nothing was written down. */
    public Outcome thenInvalid(String... fields) {
        thenRefused(Refused.Reason.INVALID_COMMAND).thenNoEvents();
        assertThat(((Refused) decision.reply()).fields())
                .as("fields%n%s", story)
                .extracting(InvalidField::field)
                .containsExactly(fields);
        return this;
    }

    public Outcome thenStored(boolean created, Definition definition) {
        assertThat(decision.reply())
                .as("reply%n%s", story)
                .isEqualTo(new Stored(Objects.requireNonNull(records.limit(Names.LIMIT)), created));
        assertThat(limit().definition()).as("definition%n%s", story).isEqualTo(definition);
        return this;
    }

    /** These facts and no others; see {@link Facts}. */
    public Outcome thenEvents(String... facts) {
        assertThat(decision.events())
                .as("events%n%s", story)
                .extracting(event -> Facts.line(event.fact()))
                .containsExactly(facts);
        return this;
    }

    public Outcome thenNoEvents() {
        return thenEvents();
    }

    /** These answers to earlier askers and no others. */
    public Outcome thenAnswers(Answer... answers) {
        assertThat(decision.answers())
                .as("answers%n%s", story)
                .extracting(answer -> new Answer(answer.asker(), withoutFence(answer.reply())))
                .containsExactly(answers);
        return this;
    }

    /** Occupied when the command was decided. */
    public Outcome thenOccupied(double slots) {
        Bucket bucket = limit().bucketAt(Math.max(at, limit().decidedAt()));
        assertThat(BigDecimal.valueOf(bucket.levelMicros(), 6))
                .as("occupied slots%n%s", story)
                .isEqualByComparingTo(BigDecimal.valueOf(slots));
        return this;
    }

    public Outcome thenDueAt(double seconds) {
        assertThat(ledger.dueAt(Names.LIMIT)).as("due at%n%s", story).isEqualTo(Names.at(seconds));
        return this;
    }

    public Outcome thenNothingDue() {
        assertThat(ledger.dueAt(Names.LIMIT)).as("due at%n%s", story).isEqualTo(LedgerState.NEVER);
        return this;
    }

    public Outcome thenNothingRemembered() {
        assertThat(records.isEmpty()).as("%s is empty%n%s", records, story).isTrue();
        return this;
    }

    public Limit limit() {
        return Objects.requireNonNull(records.limit(Names.LIMIT), story);
    }

    public LedgerState state() {
        return ledger.state();
    }

    public Decision decision() {
        return decision;
    }
}
