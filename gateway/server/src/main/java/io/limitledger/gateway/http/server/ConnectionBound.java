package io.limitledger.gateway.http.server;

import io.limitledger.gateway.admission.FairShare;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections there may be. When one more comes, one that waits for nothing is closed, the one first that has been
 * silent for longest; so a client with many silent connections keeps no other out. Each may be silent for a moment, in which a
 * living client sends its request: in a burst, the next ones wait in the network until that is over, and until those that were
 * closed have given their descriptors back. A new one is closed only when all others wait for answers.
 *
 * <p>A client may have as many as are left for others. Beyond that it makes room among its own connections.
 */
final class ConnectionBound implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBound.class);

    /** Part of the bound that is made free at once: to look for silent connections is to look at all of them. */
    private static final int SHARE_FREED = 64;

    /** More than a client takes to send what it has connected for. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Longer than the grace, with what a busy machine takes to close a connection. */
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LOOK_AGAIN_MILLIS = 10;

    private final IntUnaryOperator most;
    private final Supplier<Stream<WatchedConnection>> open;
    private final ClientAddress clients;
    private final Map<SelectableChannel, Object> channels = new HashMap<>();
    private final FairShare shares;

    /**
     * The bound of a connector.
     *
     * @param most the bound for a number of open connections; asked for each new one
     */
    ConnectionBound(IntUnaryOperator most, Supplier<Stream<WatchedConnection>> open, ClientAddress clients) {
        this.most = most;
        this.open = open;
        this.clients = clients;
        this.shares = new FairShare(() -> most.applyAsInt(count()));
    }

    /** Connections that are open. */
    synchronized int count() {
        return channels.size();
    }

    /** Called by the thread that accepts, which accepts no other meanwhile. */
    @Override
    public void onAccepting(SelectableChannel channel) {
        long startNanos = System.nanoTime();
        SocketAddress remote = remote(channel);
        if (remote != null && !clients.isProxy(remote) && isBeyondShare(remote) && !makeRoomAmongItsOwn(remote)) {
            close(channel);
            return;
        }
        int excess = excessWith(channel, remote);
        while (excess > 0) {
            if (!makeRoom(excess) || System.nanoTime() - startNanos > MOST_WAIT_NANOS || !pause()) {
                close(channel);
                return;
            }
            excess = excess();
        }
    }

    private boolean isBeyondShare(SocketAddress remote) {
        return shares.look(ClientAddress.of(remote)) == FairShare.Answer.SHARE_FULL;
    }

    /**
     * Closes those that wait for nothing and have been silent for longest; false if all of this client's connections wait. Where
     * some have only just come, or are on their way in or out, there will be room soon.
     */
    private boolean makeRoomAmongItsOwn(SocketAddress remote) {
        Object client = ClientAddress.of(remote);
        int counted = shares.has(client);
        List<WatchedConnection> own = open.get()
                .filter(WatchedConnection::isOpen)
                .filter(connection ->
                        ClientAddress.of(connection.getRemoteSocketAddress()).equals(client))
                .toList();
        List<WatchedConnection> idle =
                own.stream().filter(connection -> !connection.isBusy()).toList();
        idle.stream()
                .filter(connection -> connection.silentNanos() > GRACE_NANOS)
                .sorted(Comparator.comparingLong(WatchedConnection::silentNanos).reversed())
                .limit(1 + counted / SHARE_FREED)
                .forEach(WatchedConnection::close);
        return !idle.isEmpty() || own.size() < counted;
    }

    private static @Nullable SocketAddress remote(SelectableChannel channel) {
        try {
            return channel instanceof SocketChannel socket ? socket.getRemoteAddress() : null;
        } catch (IOException e) {
            // It has gone already.
            return null;
        }
    }

    private int excessWith(SelectableChannel channel, @Nullable SocketAddress remote) {
        Object client = remote == null ? this : ClientAddress.of(remote);
        synchronized (this) {
            channels.put(channel, client);
        }
        shares.takeAnyway(client);
        return excess();
    }

    private int excess() {
        int count = count();
        return count - most.applyAsInt(count);
    }

    /** Closes the most silent; returns whether there will be room soon. */
    private boolean makeRoom(int excess) {
        int count = count();
        List<WatchedConnection> all = open.get().toList();
        List<WatchedConnection> idle = all.stream()
                .filter(connection -> connection.isOpen() && !connection.isBusy())
                .toList();
        long closing = all.stream().filter(connection -> !connection.isOpen()).count();
        if (closing < excess) {
            idle.stream()
                    .filter(connection -> connection.silentNanos() > GRACE_NANOS)
                    .sorted(Comparator.comparingLong(WatchedConnection::silentNanos)
                            .reversed())
                    .limit(excess - closing + (count - excess) / SHARE_FREED)
                    .forEach(WatchedConnection::close);
        }
        // Some may not be connections yet, like the new one itself.
        return closing > 0 || !idle.isEmpty() || all.size() < count - 1;
    }

    /** Waits a moment; false if this thread is to end. */
    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection too many was closed already", e);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        forget(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        forget(channel);
    }

    private void forget(SelectableChannel channel) {
        Object client;
        synchronized (this) {
            client = channels.remove(channel);
        }
        if (client != null) {
            shares.giveBack(client);
        }
    }
}
