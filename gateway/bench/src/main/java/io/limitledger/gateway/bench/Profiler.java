package io.limitledger.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Processor time of this process by {@link Part}. How much each thread had is known from the operating system; what it did in
 * that time, from samples of its stack (Flight Recorder). So the work of system calls is counted, which no sample shows; it is
 * attributed to what the thread does otherwise.
 */
final class Profiler {
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(10);

    /** Threads that end in between are counted up to here. */
    private static final long LOOK_MILLIS = 100;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Recording recording = new Recording();
    private final Stopwatch stopwatch = new Stopwatch();
    private final Map<Long, Long> before = new HashMap<>();
    private final Map<Long, Long> after = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "profiler");
        thread.setDaemon(true);
        return thread;
    });

    private Profiler() {}

    static Profiler start() {
        Profiler profiler = new Profiler();
        profiler.recording.enable("jdk.ExecutionSample").withPeriod(SAMPLE_EVERY);
        profiler.recording.start();
        profiler.look();
        profiler.before.putAll(profiler.after);
        var unused = profiler.looking.scheduleWithFixedDelay(
                profiler::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return profiler;
    }

    private synchronized void look() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null) {
                long nanos = THREADS.getThreadCpuTime(thread.getThreadId());
                names.put(thread.getThreadId(), thread.getThreadName());
                after.merge(thread.getThreadId(), nanos, Math::max);
            }
        }
    }

    /** Nanoseconds since the start. */
    Map<Part, Double> stop() throws Exception {
        looking.shutdown();
        long allNanos = stopwatch.cpuNanos();
        look();
        Map<Long, Map<Part, Integer>> samples = samples();
        Map<Part, Double> nanos = new EnumMap<>(Part.class);
        double threadNanos = 0;
        for (Map.Entry<Long, Long> thread : after.entrySet()) {
            double spent = Math.max(0, thread.getValue() - before.getOrDefault(thread.getKey(), 0L));
            threadNanos += spent;
            share(spent, samples.getOrDefault(thread.getKey(), whole(thread.getKey())))
                    .forEach((part, share) -> nanos.merge(part, share, Double::sum));
        }
        nanos.merge(Part.JVM, Math.max(0, allNanos - threadNanos), Double::sum);
        return nanos;
    }

    private Map<Part, Integer> whole(long thread) {
        return Map.of(Part.ofThread(names.getOrDefault(thread, "")), 1);
    }

    private static Map<Part, Double> share(double nanos, Map<Part, Integer> samples) {
        int all = samples.values().stream().mapToInt(Integer::intValue).sum();
        Map<Part, Double> shares = new EnumMap<>(Part.class);
        samples.forEach((part, number) -> shares.put(part, nanos * number / all));
        return shares;
    }

    /** How many of each thread belong to which part. */
    private Map<Long, Map<Part, Integer>> samples() throws IOException {
        Path file = Files.createTempFile("limits-bench-", ".jfr");
        try {
            recording.stop();
            recording.dump(file);
            Map<Long, Map<Part, Integer>> samples = new HashMap<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                RecordedThread thread = event.getThread("sampledThread");
                if (thread != null && event.getStackTrace() != null) {
                    samples.computeIfAbsent(thread.getJavaThreadId(), unused -> new EnumMap<>(Part.class))
                            .merge(Part.of(String.valueOf(thread.getJavaName()), frames(event)), 1, Integer::sum);
                }
            }
            return samples;
        } finally {
            recording.close();
            Files.delete(file);
        }
    }

    private static List<String> frames(RecordedEvent sample) {
        return sample.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName() + "."
                        + frame.getMethod().getName())
                .toList();
    }
}
