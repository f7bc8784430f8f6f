package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A transport whose answers the test controls: each question individually, or all of a kind automatically. */
final class FakeTransport implements Transport {
    static final TransportOutcome HELD = new TransportOutcome.Held();

    private final Queue<Question> questions = new ArrayDeque<>();
    private Function<Question, TransportOutcome> automatic = question -> null;
    private boolean closed;
    private boolean gone;
    private Map<String, Long> lastUsed = Map.of();

    enum Kind {
        ACQUIRE,
        RENEW,
        SETTLE,
        RELEASE
    }

    /** A question, and the future of its answer. */
    record Question(Kind kind, UUID leaseId, long waitMillis, CompletableFuture<TransportOutcome> answer) {
        void answer(TransportOutcome outcome) {
            answer.complete(outcome);
        }

        /** Fails as when no connection could be made, so that the question was never sent. */
        void failToConnect() {
            answer.completeExceptionally(new IllegalStateException(new ConnectException("refused")));
        }

        /** Fails as when the connection was lost, so that the outcome is unknown. */
        void lose() {
            answer.completeExceptionally(new IllegalStateException("the connection was lost"));
        }
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        return ask(new Question(Kind.ACQUIRE, leaseId, waitMillis, new CompletableFuture<>()));
    }

    @Override
    public CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId) {
        return ask(new Question(Kind.RENEW, leaseId, 0, new CompletableFuture<>()));
    }

    @Override
    public CompletableFuture<TransportOutcome> settle(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        lastUsed = used;
        return ask(new Question(Kind.SETTLE, leaseId, 0, new CompletableFuture<>()));
    }

    /** What the last settlement or release said. */
    Map<String, Long> lastUsed() {
        return lastUsed;
    }

    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        lastUsed = used;
        return ask(new Question(Kind.RELEASE, leaseId, 0, new CompletableFuture<>()))
                .thenAccept(outcome -> {});
    }

    /** From now on, every check finds that the lease does not exist. */
    void loseAll() {
        gone = true;
    }

    @Override
    public CompletableFuture<Boolean> isThere(UUID leaseId) {
        return CompletableFuture.completedFuture(!gone);
    }

    private synchronized CompletableFuture<TransportOutcome> ask(Question question) {
        questions.add(question);
        TransportOutcome answer = automatic.apply(question);
        if (answer != null) {
            question.answer(answer);
        }
        return question.answer();
    }

    synchronized FakeTransport answering(Function<Question, TransportOutcome> automatic) {
        this.automatic = automatic;
        return this;
    }

    /** The next question, which must be of this kind. */
    synchronized Question next(Kind kind) {
        Question next = questions.remove();
        assertThat(next.kind()).isEqualTo(kind);
        return next;
    }

    /** The last question; earlier ones are discarded. */
    synchronized Question last() {
        Question last = questions.remove();
        while (!questions.isEmpty()) {
            last = questions.remove();
        }
        return last;
    }

    synchronized int unread() {
        return questions.size();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
