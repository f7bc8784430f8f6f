package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Everybody acquires from some limit out of many, and releases: all partitions have work. */
final class ManyLimits implements Workload {
    private static final long SLOTS = 1_000;

    private final List<String> names;

    ManyLimits(int count) {
        this.names = IntStream.range(0, count)
                .mapToObj(number -> "bench-" + count + "-limits-" + number)
                .toList();
    }

    @Override
    public String title() {
        return String.format(Locale.ROOT, "%,d limits", names.size());
    }

    @Override
    public List<PutLimit> limits() {
        return names.stream().map(name -> Cycles.limit(name, SLOTS, 0)).toList();
    }

    @Override
    public List<LimitCommand> cycle() {
        return Cycles.acquireAndRelease(names.get(ThreadLocalRandom.current().nextInt(names.size())));
    }
}
