package io.limitledger.gateway.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Parts of the way of a command, by which {@link Profiler} adds up processor time. A sample of a stack belongs to the first
 * part, in this order, that has one of its frames: what is special comes before what is around it. A sample of no part belongs to
 * the part that its thread is of.
 */
public enum Part {
    /** The state's records on their way to Kafka. */
    CHANGELOG(
            "-",
            "org.apache.kafka.streams.processor.internals.ProcessorContextImpl.logChange"
                    + "|org.apache.kafka.streams.state.internals.ChangeLogging"),
    /** Replies: written, and handed over or appended. */
    REPLY("ledger-client-local-replies", "io.limitledger.topology.KafkaOutbox.|io.limitledger.client.LocalAskers."),
    VIEW("-", "io.limitledger.gateway.view.|io.limitledger.gateway.events."),
    /** Commands, events and state to bytes, hashes included. */
    ENCODE(
            "-",
            "io.limitledger.wire.(EventRecord|EventChain|UsualJsonWriter|JsonBytes|CompactOutput).|io.limitledger.wire.[A-Za-z]+.(write|value)"
                    + "|com.fasterxml.jackson.databind.ser.|com.fasterxml.jackson.core.json.(WriterBased|UTF8JsonGenerator)"),
    DECODE("-", "io.limitledger.wire.|com.fasterxml.jackson."),
    STORE(
            "-",
            "io.limitledger.topology.(StoreRecords|HeapStore|RecentRecords).|org.apache.kafka.streams.state.|org.rocksdb."),
    DECIDE("-", "io.limitledger.core.|io.limitledger.topology.DueIndex."),
    BROKER(
            "data-plane-kafka-|kafka-1-|kafka-scheduler|kafka-log-cleaner|log-cleaner|group-coordinator|transaction|TxnMarker"
                    + "|quorum-controller|controller-|broker-|raft-|ExpirationReaper|executor-",
            "kafka[.]|org.apache.kafka.(server|storage|coordinator)."),
    /** Records on their way to the broker: appended, batched, sent. */
    PRODUCE("kafka-producer-network-thread", "org.apache.kafka.clients.producer."),
    CONSUME(
            "follower of |kafka-coordinator-heartbeat-thread|consumer_background_thread",
            "org.apache.kafka.clients.consumer."),
    /** What sends a command and finds its caller when the reply comes. */
    ASK("held-commands", "io.limitledger.client.|io.limitledger.lease."),
    HTTP("http-|qtp", "org.eclipse.jetty.|io.javalin.|jakarta.servlet.|io.limitledger.gateway.http."),
    /** The load that asks: not part of a server. */
    CLIENT("bench http|pool-", "io.limitledger.gateway.bench."),
    /** Kafka Streams around the decision. */
    STREAMS("limit-ledger-", "org.apache.kafka.streams."),
    /** Of the Java virtual machine: collecting garbage, compiling. */
    JVM("-", "-"),
    OTHER("-", "-");

    private final Pattern threads;

    private final Pattern frames;

    /**
     * @param threads how the names of its threads begin
     * @param frames how its methods begin, as in {@code package.Class.method}
     */
    Part(String threads, String frames) {
        this.threads = Pattern.compile(threads);
        this.frames = Pattern.compile(frames);
    }

    /** @param frames as in {@code package.Class.method}, in any order */
    static Part of(String thread, List<String> frames) {
        Part byThread = ofThread(thread);
        if (byThread == BROKER || byThread == PRODUCE) {
            return byThread;
        }
        return Arrays.stream(values())
                .filter(part -> frames.stream()
                        .anyMatch(frame -> part.frames.matcher(frame).lookingAt()))
                .findFirst()
                .orElse(byThread);
    }

    static Part ofThread(String thread) {
        return Arrays.stream(values())
                .filter(part -> part.threads.matcher(thread).lookingAt())
                .findFirst()
                .orElse(OTHER);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
