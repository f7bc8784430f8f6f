package io.limitledger.whatif;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A world of clients who hold, wait and give up, with the same arrivals and holding times whatever the definition is: what a
 * what-if foretells can be compared with what then really happens.
 */
final class Clients {
    static final long START = 1_700_000_000_000L;
    private static final String LIMIT = "database";
    private static final long TICK_DELAY = 2;
    private static final long CONFIRM_DELAY = 3;
    private static final long HEARTBEAT = 1_000;

    private final Habits habits;
    private final IndexedLedgerState state = new IndexedLedgerState(new HeapRecords());
    private final Ledger ledger = new Ledger(state);
    private final List<LogEntry> log = new ArrayList<>();
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final Map<UUID, Client> asking = new HashMap<>();
    private final long end;
    private long order;

    /**
     * What clients do.
     *
     * @param everyMillis mean time between two requests of all who come by themselves
     * @param holdMillis mean time for which slots are held
     * @param patienceMillis for how long they wait; 0 to be denied at once
     * @param regulars clients that ask again as soon as they have released, or a second after they were denied
     */
    record Habits(long everyMillis, long holdMillis, long patienceMillis, int regulars, List<String> keys) {}

    private record Due(long at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private static final class Client {
        private final SplittableRandom random;
        private final boolean isRegular;
        private final String key;

        Client(long seed, boolean isRegular, List<String> keys) {
            this.random = new SplittableRandom(seed);
            this.isRegular = isRegular;
            this.key = keys.isEmpty() ? "" : keys.get(random.nextInt(keys.size()));
        }

        long exponential(long mean) {
            return 1 + (long) (-Math.log(1 - random.nextDouble()) * mean);
        }
    }

    private Clients(Habits habits, Definition definition, long seed, long millis) {
        this.habits = habits;
        this.end = START + millis;
        decide(new PutLimit(LIMIT, definition, null, false), START, null);
        SplittableRandom arrivals = new SplittableRandom(seed);
        long at = START;
        for (int number = 0; at < end && habits.everyMillis > 0; number++) {
            Client client = new Client(seed * 1_000_003 + number, false, habits.keys);
            at += client.exponential(habits.everyMillis);
            long then = at;
            at(then, () -> ask(client, then));
        }
        for (int number = 0; number < habits.regulars; number++) {
            Client client = new Client(-seed * 1_000_003 - number, true, habits.keys);
            long then = START + 1 + arrivals.nextInt(1_000);
            at(then, () -> ask(client, then));
        }
        for (long beat = START; beat < end; beat += HEARTBEAT) {
            long then = beat;
            at(then, () -> decide(new Heartbeat(), then, null));
        }
    }

    /**
     * The commands of such a world.
     *
     * @param limit slots at first
     * @param later slots from a time on
     */
    static List<LogEntry> log(Habits habits, long limit, long later, long changedAt, long seed, long millis) {
        Clients clients = new Clients(habits, new Definition(limit, 0, true), seed, millis);
        DefinitionChange change = new DefinitionChange(later, null, null, null, null);
        if (later != limit) {
            clients.at(changedAt, () -> clients.decide(new UpdateLimit(LIMIT, change), changedAt, null));
        }
        clients.run();
        return clients.log;
    }

    private void run() {
        while (!agenda.isEmpty()) {
            Due next = agenda.remove();
            long dueAt;
            while ((dueAt = ledger.dueAt(LIMIT)) != LedgerState.NEVER && dueAt + TICK_DELAY < next.at) {
                decide(new Tick(LIMIT), dueAt + TICK_DELAY, null);
            }
            if (next.at >= end) {
                return;
            }
            next.action.run();
        }
    }

    private void at(long at, Runnable action) {
        agenda.add(new Due(at, order++, action));
    }

    private void ask(Client client, long at) {
        UUID leaseId = new UUID(client.random.nextLong(), client.random.nextLong());
        asking.put(leaseId, client);
        Terms terms = client.key.isEmpty() ? null : new Terms(client.key, 0, null, Terms.OnExpiry.CHARGE);
        Claim claim = new Claim(leaseId, LIMIT, 1, 600_000, null, List.of(), terms);
        Asker asker = new Asker("limits.replies", 0, "client", leaseId.toString());
        decide(new AcquireLease(claim, habits.patienceMillis, 5_000L), at, asker);
    }

    private void decide(LimitCommand command, long at, Asker asker) {
        LogEntry entry = new LogEntry(command, at, log.size(), asker);
        log.add(entry);
        for (LimitEvent event : ledger.decide(entry).events()) {
            if (event.fact() instanceof LeaseGranted grant) {
                hold(grant.lease(), at);
            } else if (event.fact() instanceof LeaseDenied denied) {
                comeBack(denied.leaseId(), at);
            } else if (event.fact() instanceof WaiterLeft left) {
                comeBack(left.leaseId(), at);
            }
        }
    }

    private void hold(Lease lease, long at) {
        Client client = asking.remove(lease.leaseId());
        if (lease.handedTo() != null) {
            at(
                    at + CONFIRM_DELAY,
                    () -> decide(new RenewLease(LIMIT, lease.leaseId(), 600_000, null), at + CONFIRM_DELAY, null));
        }
        long until = at + CONFIRM_DELAY + client.exponential(habits.holdMillis);
        at(until, () -> {
            decide(new ReleaseLease(LIMIT, lease.leaseId()), until, null);
            if (client.isRegular) {
                at(until + 1, () -> ask(client, until + 1));
            }
        });
    }

    private void comeBack(UUID leaseId, long at) {
        Client client = asking.remove(leaseId);
        if (client != null && client.isRegular) {
            at(at + 1_000, () -> ask(client, at + 1_000));
        }
    }
}
