package io.limitledger.gateway.cli;

import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Replay;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limits audit replay}: what was when. */
@Command(
        name = "replay",
        description = "Print the limits, who held and who waited, as the events tell it, now or at a time.",
        mixinStandardHelpOptions = true)
final class AuditReplayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private AuditOptions audit = new AuditOptions();

    @Option(names = "--at", paramLabel = "TIME", description = "Such as 2026-11-20T10:15:00Z; otherwise all.")
    private @Nullable String at;

    @Option(names = "--limit", paramLabel = "NAME", description = "Only this limit; several times for several.")
    private @Nullable List<String> names;

    @Option(names = "--json", description = "A JSON object for each limit instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        long until = at == null ? LedgerState.NEVER : time(at);
        return audit.reading(() -> print(until));
    }

    private int print(long until) throws IOException {
        try (KafkaAuditedLog log = audit.open()) {
            Replay done = new Replay(until, name -> names == null || names.contains(name), audit.progress()).run(log);
            for (Replay.LimitThen then : done.limits()) {
                if (json) {
                    audit.out().println(LedgerJson.PUBLIC.writeValueAsString(then));
                } else {
                    print(then, Math.min(until, then.limit().decidedAt()));
                }
            }
            audit.out().flush();
            return AuditOptions.CLEAN;
        }
    }

    private void print(Replay.LimitThen then, long at) {
        PrintWriter out = audit.out();
        Limit limit = then.limit();
        out.printf(
                Locale.ROOT,
                "%s: %s of %d occupied, %d hold, %d wait%s%n",
                limit.name(),
                BigDecimal.valueOf(limit.bucketAt(at).levelMicros(), 6)
                        .stripTrailingZeros()
                        .toPlainString(),
                limit.definition().limit(),
                limit.leases(),
                limit.waiting(),
                limit.definition().active() ? "" : ", inactive");
        then.leases()
                .forEach(lease -> out.printf(
                        "  holds %d since %s until %s  %s  %s%n",
                        lease.slots(),
                        Instant.ofEpochMilli(lease.startsAt()),
                        Instant.ofEpochMilli(lease.expiresAt()),
                        lease.leaseId(),
                        lease.holder() == null ? "" : lease.holder().json()));
        then.waiters()
                .forEach(waiter -> out.printf(
                        "  waits for %d since %s until %s  %s  %s%n",
                        waiter.slots(),
                        Instant.ofEpochMilli(waiter.since()),
                        Instant.ofEpochMilli(waiter.until()),
                        waiter.leaseId(),
                        waiter.holder() == null ? "" : waiter.holder().json()));
    }

    private long time(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --at to be a time like 2026-11-20T10:15:00Z, but got '" + text + "'",
                    e);
        }
    }
}
