package io.limitledger.gateway.http;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.io.SelectorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections there may be. When one more comes, one that waits for nothing is closed, the one first that has been
 * silent for longest; so a client with many silent connections keeps no other out. The new one is closed only when all
 * others wait for answers.
 */
final class ConnectionBound implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBound.class);

    /** Part of the bound that is made free at once: to look for silent connections is to look at all of them. */
    private static final int SHARE_FREED = 64;

    private final IntSupplier most;
    private final Supplier<Stream<WatchedConnection>> open;
    private final Set<SelectableChannel> channels = new HashSet<>();

    /**
     * The bound of a connector.
     *
     * @param most connections at a time; asked for each new one
     */
    ConnectionBound(IntSupplier most, Supplier<Stream<WatchedConnection>> open) {
        this.most = most;
        this.open = open;
    }

    /** Connections that are open. */
    synchronized int count() {
        return channels.size();
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        int bound = most.getAsInt();
        if (countWith(channel) > bound && !hasRoom(bound)) {
            close(channel);
        }
    }

    private synchronized int countWith(SelectableChannel channel) {
        channels.add(channel);
        return channels.size();
    }

    /** Makes room if there is none; those that are closed count for a moment longer. */
    private boolean hasRoom(int bound) {
        List<WatchedConnection> all = open.get().toList();
        List<WatchedConnection> alive =
                all.stream().filter(WatchedConnection::isOpen).toList();
        int excess = count() - (all.size() - alive.size()) - bound;
        if (excess <= 0) {
            return true;
        }
        List<WatchedConnection> silent = alive.stream()
                .filter(connection -> !connection.isBusy())
                .sorted(Comparator.comparingLong(WatchedConnection::silentNanos).reversed())
                .limit(excess + bound / SHARE_FREED)
                .toList();
        silent.forEach(WatchedConnection::close);
        return !silent.isEmpty();
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection too many was closed already", e);
        }
    }

    @Override
    public synchronized void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        channels.remove(channel);
    }

    @Override
    public synchronized void onClosed(SelectableChannel channel) {
        channels.remove(channel);
    }
}
