package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.LastChange;
import io.limitledger.audit.Replay.LimitThen;
import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who holds, who waits, and who made it so, in lines that answer these questions without a manual. */
class ReplayTextTest {
    private static final long T = Instant.parse("2026-11-20T10:15:00Z").toEpochMilli();
    private static final UUID HELD = UUID.fromString("3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b");
    private static final UUID WAITING = UUID.fromString("7f3c1f0e-4f7c-4b7e-9a57-0a1b2c3d4e5f");

    private final HeapRecords records = new HeapRecords();
    private final IndexedLedgerState state = new IndexedLedgerState(records);
    private final Ledger ledger = new Ledger(state);
    private long offset;

    @Test
    void shouldSayWhoChangedALimitAndWhoHoldsItsSlots() {
        // given
        decide(new PutLimit("database", new Definition(2, 0, true), null, false), "token:ci-deploy");
        Holder holder = new Holder("\"worker-7\"");
        decide(new AcquireLease("database", HELD, 2, 60_000, 0, holder, List.of()), "user:alice@example.com");
        decide(new AcquireLease("database", WAITING, 1, 60_000, 30_000, null, List.of()), null);

        // when
        String text = text(new LastChange("LimitUpdated", T - 60_000, "token:ci-deploy"));

        // then
        assertThat(text).isEqualTo("""
                        database: 2 of 2 occupied, 1 hold, 1 wait
                          changed 2026-11-20T10:14:00Z  by token:ci-deploy
                          holds 2 since 2026-11-20T10:15:00Z until 2026-11-20T10:16:00Z  3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b\
                          by user:alice@example.com  "worker-7"
                          waits for 1 since 2026-11-20T10:15:00Z until 2026-11-20T10:15:30Z  7f3c1f0e-4f7c-4b7e-9a57-0a1b2c3d4e5f
                        """);
    }

    @Test
    void shouldSayWhatEachKeyUses() {
        // given
        Quota quota = new Quota(100, new SlidingPeriod(60));
        KeyBounds perKey = new KeyBounds(3, 0, List.of(quota));
        Definition keyed = new Definition(Definition.UNBOUNDED, 0, true, List.of(), perKey, Queueing.DEFAULT);
        decide(new PutLimit("database", keyed, null, false), null);
        Terms terms = new Terms("customer/42", 0, null, Terms.OnExpiry.CHARGE);
        Claim claim = new Claim(HELD, "database", 2, 60_000, null, List.of(), terms);
        decide(new AcquireLease(claim, 0, null), "token:ci-deploy");

        // when
        String text = text(null);

        // then
        assertThat(text)
                .contains("database: 2 occupied, 1 hold, 0 wait", HELD + "  key customer/42  by token:ci-deploy")
                .contains("  key customer/42: 2 of 3 occupied, 2 of 100 taken, 1 hold");
    }

    private void decide(LimitCommand command, @Nullable String by) {
        ledger.decide(new LogEntry(command, T, offset++, null, by));
    }

    private String text(@Nullable LastChange change) {
        LimitThen then = new LimitThen(
                new SealedLimit(state.limit("database"), null),
                list(state.leases("database")),
                list(state.waiters("database")),
                list(state.keyUses("database")));
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new ReplayText(out, T).print(then, change);
        out.flush();
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static <T> List<T> list(Iterable<T> all) {
        return StreamSupport.stream(all.spliterator(), false).toList();
    }
}
