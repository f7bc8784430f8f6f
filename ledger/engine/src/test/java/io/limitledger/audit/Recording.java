package io.limitledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limitledger.audit.RecordedLog.Entry;
import io.limitledger.audit.RecordedLog.Live;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.law.Mix;
import io.limitledger.core.law.RandomCommands;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.state.Definition;
import io.limitledger.topology.DrivenProcessor;
import io.limitledger.wire.CommandRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What the ledger's own processor makes of random commands, with restarts and absences in the middle. Follows from its seed. */
final class Recording {
    private static final long START = 1_800_000_000_000L;
    private static final int RESTART_EACH = 1_000;
    private static final int MOST_MILLIS_BETWEEN = 200;
    private static final int HEARTBEAT_MILLIS = 1_000;
    private static final int LONGEST_ABSENCE_MILLIS = 40_000;
    private static final int LONGEST_STEP_MILLIS = 60_000;
    private static final int SNAPSHOTS = 20;
    private static final List<String> PRINCIPALS = List.of("token:ci", "user:j\u00fcrgen@example.com", "cert:worker");
    private static final double[] DECAYS = {0, 0, 0.5, 3.7};

    private final Random random;
    /** Apart from the commands, so that they are the same whoever sends them. */
    private final Random names;

    private final int limits;
    private final RecordedLog log = new RecordedLog();
    private DrivenProcessor processor;
    private final NavigableSet<Long> instants;
    private final boolean steps;
    /** Instants by the number of events after which the state is as it was then. */
    private final Map<Integer, List<Long>> instantsByEvents = new HashMap<>();

    private @Nullable RandomCommands modelled;

    private long now = START;
    private long heartbeatAt = START;

    private Recording(long seed, int limits, int commands, Rules rules) {
        this(seed, limits, commands, rules, false);
    }

    private Recording(long seed, int limits, int commands, Rules rules, boolean steps) {
        this.steps = steps;
        this.processor = new DrivenProcessor(1, 0, rules);
        this.random = new Random(seed);
        this.names = new Random(seed);
        this.limits = limits;
        this.instants = new Random(seed)
                .longs(SNAPSHOTS, START, START + (long) commands * MOST_MILLIS_BETWEEN / 2)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static RecordedLog of(long seed, int limits, int commands) {
        Recording recording = new Recording(seed, limits, commands, RuleBook.OURS.newest());
        recording.decide(commands);
        return recording.ended();
    }

    /** Of limits with quotas, keys, orders and settlements. */
    static RecordedLog modelled(long seed, int limits, int commands) {
        Recording recording = new Recording(seed, limits, commands, RuleBook.OURS.newest());
        recording.modelled = new RandomCommands(
                recording.random,
                Mix.EVERYTHING
                        .withoutRenames()
                        .modelled()
                        .on(IntStream.range(0, limits).mapToObj(Recording::name).toList()));
        recording.decide(commands);
        return recording.ended();
    }

    /** With a broker's clock that steps back now and then, and ahead again; as by the last event of an instant, it was then. */
    static RecordedLog stepping(long seed, int limits, int commands) {
        Recording first = new Recording(seed, limits, commands, RuleBook.OURS.newest(), true);
        List<Long> instants = List.copyOf(first.instants);
        first.instants.clear();
        first.decide(commands);
        Recording again = new Recording(seed, limits, commands, RuleBook.OURS.newest(), true);
        again.instants.clear();
        for (long instant : instants) {
            int events = first.log.events.size();
            while (events > 0 && first.log.events.get(events - 1).timestamp() > instant) {
                events--;
            }
            again.instantsByEvents
                    .computeIfAbsent(events, any -> new ArrayList<>())
                    .add(instant);
        }
        again.decide(commands);
        return again.ended();
    }

    /** A ledger that was stopped in the middle, cleanly, before such a command, and went on with other rules. */
    static RecordedLog rolledOut(long seed, int limits, int commands, Rules rules, Class<?> before) {
        return rolledOut(seed, limits, commands, RuleBook.OURS.newest(), rules, before);
    }

    /** The same, decided with such rules until then. */
    static RecordedLog rolledOut(long seed, int limits, int commands, Rules old, Rules rules, Class<?> before) {
        Recording recording = new Recording(seed, limits, commands, old);
        recording.decide(commands / 2);
        LimitCommand next = recording.command();
        while (!before.isInstance(next)) {
            recording.decide(next);
            next = recording.command();
        }
        recording.processor = recording.processor.restarted(rules);
        recording.decide(next);
        recording.decide(commands / 2);
        return recording.ended();
    }

    private void decide(int count) {
        for (int i = 0; i < count; i++) {
            int offset = log.commands.size();
            decide(offset < limits ? definition(name(offset)) : command());
            if (i % RESTART_EACH == RESTART_EACH - 1) {
                processor = processor.restarted();
                now += random.nextInt(LONGEST_ABSENCE_MILLIS);
            }
            if (offset > limits && (now >= heartbeatAt + HEARTBEAT_MILLIS || now < heartbeatAt)) {
                heartbeatAt = now;
                decide(new Heartbeat());
            }
        }
    }

    private RecordedLog ended() {
        instants.forEach(instant -> log.snapshots.put(instant, live()));
        processor
                .contents()
                .forEach((key, value) ->
                        log.state.add(new Entry(0, now, key.getBytes(UTF_8), value, new RecordHeaders())));
        return log;
    }

    private void decide(LimitCommand command) {
        long offset = log.commands.size();
        now += random.nextInt(MOST_MILLIS_BETWEEN);
        if (steps && random.nextInt(50) == 0) {
            long millis = random.nextInt(LONGEST_STEP_MILLIS);
            now += random.nextInt(3) == 0 ? millis : -millis;
        }
        while (!instants.isEmpty() && instants.first() < now) {
            log.snapshots.put(instants.pollFirst(), live());
        }
        ProducerRecord<byte[], byte[]> asked = named(command).to(0);
        log.commands.add(new Entry(offset, now, asked.key(), asked.value(), asked.headers()));
        processor.process(new Record<>(asked.key(), asked.value(), now, asked.headers()), offset).stream()
                .filter(forward -> forward.childName().orElseThrow().equals("events"))
                .map(forward -> forward.record())
                .forEach(event -> log.events.add(
                        new Entry(log.events.size(), event.timestamp(), event.key(), event.value(), event.headers())));
        instantsByEvents.getOrDefault(log.events.size(), List.of()).forEach(instant -> {
            log.snapshots.putIfAbsent(instant, live());
        });
    }

    /** Sent by one of some principals, or by none that is named; some commands are for what their principal owns. */
    private CommandRecord named(LimitCommand command) {
        if (names.nextInt(4) == 0) {
            return new CommandRecord(command, null);
        }
        String principal = PRINCIPALS.get(names.nextInt(PRINCIPALS.size()));
        return new CommandRecord(names.nextInt(3) == 0 ? command.ifOwnedBy(principal) : command, null, principal);
    }

    private Live live() {
        return new Live(log.events.size(), processor.contents());
    }

    private LimitCommand command() {
        if (modelled != null) {
            return modelled.next();
        }
        String limit = name(random.nextInt(limits));
        return switch (random.nextInt(20)) {
            case 0 -> put(limit);
            case 1 ->
                new UpdateLimit(
                        limit, new DefinitionChange(1L + random.nextInt(4), null, random.nextInt(9) > 0, null, null));
            case 2 -> random.nextInt(4) == 0 ? new DeleteLimit(limit) : new Tick(limit);
            case 3, 4 -> new CancelAcquire(limit, id());
            case 5, 6, 7, 8 -> new ReleaseLease(limit, id());
            case 9, 10 -> new RenewLease(limit, id(), 5_000, null);
            default ->
                new AcquireLease(
                        limit, id(), 1L + random.nextInt(2), 20_000, random.nextInt(3) * 4_000L, null, List.of());
        };
    }

    private PutLimit definition(String limit) {
        return modelled == null ? put(limit) : modelled.put(limit);
    }

    private PutLimit put(String limit) {
        Definition definition = new Definition(1L + random.nextInt(4), DECAYS[random.nextInt(DECAYS.length)], true);
        return new PutLimit(limit, definition, null, false);
    }

    private UUID id() {
        return new UUID(3, random.nextInt(8));
    }

    private static String name(int number) {
        return "limit " + number;
    }
}
