package io.limitledger.core.law;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A log of random commands, determined by its seed, at times at which commands coincide with what is due. */
public final class RandomLog {
    private static final long START = 1_700_000_000_000L;
    private static final long[] STEPS = {0, 0, 1, 499, 500, 1_000, 1_000, 2_000, 3_333, 5_000, 20_000, 400_000};

    private final Random random;
    private final Mix mix;
    private final RandomCommands commands;
    private final List<LogEntry> entries = new ArrayList<>();
    private long time = START;

    private RandomLog(long seed, Mix mix) {
        this.random = new Random(seed);
        this.mix = mix;
        this.commands = new RandomCommands(random, mix);
    }

    public static List<LogEntry> of(long seed, Mix mix, int entries) {
        RandomLog log = new RandomLog(seed, mix);
        mix.limits().stream().limit(3).forEach(limit -> log.add(log.commands.put(limit)));
        while (log.entries.size() < entries) {
            log.moveClock();
            log.add(log.commands.next());
        }
        return log.entries;
    }

    /**
     * The same log, whose commands some principals send, and others send without a name. Some commands are for the leases of
     * their own principal only, and few for those of another.
     */
    public static List<LogEntry> named(List<LogEntry> log) {
        Random random = new Random(log.size() + log.hashCode());
        return log.stream().map(entry -> named(entry, random)).toList();
    }

    private static LogEntry named(LogEntry entry, Random random) {
        String by = random.nextInt(6) == 0 ? null : principal(random);
        String owner = by == null || random.nextInt(10) == 0 ? principal(random) : by;
        LimitCommand command =
                random.nextInt(3) == 0 ? entry.command() : entry.command().ifOwnedBy(owner);
        return new LogEntry(command, entry.timestamp(), entry.offset(), entry.asker(), by);
    }

    private static String principal(Random random) {
        return "principal " + random.nextInt(2);
    }

    private void add(LimitCommand command) {
        entries.add(new LogEntry(command, time, entries.size(), asker()));
    }

    /** Moves the clock, mostly forward, rarely back, as when a broker with another clock takes over. */
    private void moveClock() {
        time += mix.jumps() && random.nextInt(20) == 0
                ? -random.nextInt(30_000)
                : STEPS[random.nextInt(STEPS.length - shorter())];
    }

    /** Where queues are to grow, few steps are so long that all waits end. */
    private int shorter() {
        return mix.model() && random.nextInt(10) > 0 ? 2 : 0;
    }

    private @Nullable Asker asker() {
        int asker = random.nextInt(4);
        return asker == 0 ? null : new Asker("limits.replies", 0, "client", "asker " + asker);
    }
}
