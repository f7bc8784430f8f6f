package io.limitledger.gateway.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is measured, on a peer of this process. */
class ClientOrdersTest {
    private final ClientOrders client = new ClientOrders(new Local());

    @Test
    void cyclesAreCounted() throws Exception {
        // given
        client.obey(List.of("create"));
        // when
        Answer answer = client.obey(List.of("cycles", "2", "0.1"));
        // then
        assertThat(answer.get("operations")).isPositive();
        assertThat(answer.get("p99")).isGreaterThanOrEqualTo(answer.get("p50"));
    }

    @Test
    void aSlotGoesRound() throws Exception {
        // given
        client.obey(List.of("create"));
        // when
        Answer answer = client.obey(List.of("hand-over", "2", "0.3"));
        // then
        assertThat(answer.get("most")).isPositive().isGreaterThanOrEqualTo(answer.get("fewest"));
        assertThat(answer.get("longestWait")).isPositive();
    }

    @Test
    void whatIsPiledUpStaysHeld() throws Exception {
        // when
        Answer piled = client.obey(List.of("pile", "many", "2", "0.05"));
        // then
        assertThat(client.obey(List.of("held", "many")).get("held")).isEqualTo(piled.get("acknowledged"));
    }

    @Test
    void anAnswerIsOneLine() {
        // given
        Answer answer = Answer.none().with("p50", 0.25).with("operations", 12);
        // when
        String line = answer.line();
        // then
        assertThat(Answer.parse(line)).isEqualTo(answer);
        assertThat(Answer.parse("a line of a log")).isNull();
    }

    @Test
    void theMedianIsOfEachFigureByItself() {
        // given
        List<Answer> answers = List.of(figures(1, 30), figures(2, 10), figures(3, 20));
        // when
        Answer median = ContestRun.median(answers);
        // then
        assertThat(median).isEqualTo(figures(2, 20));
    }

    private static Answer figures(double one, double other) {
        return Answer.none().with("one", one).with("other", other);
    }

    /** Semaphores of this process. */
    private static final class Local implements Peer {
        private final ConcurrentHashMap<String, Semaphore> limits = new ConcurrentHashMap<>();
        private final ConcurrentHashMap<String, Integer> slots = new ConcurrentHashMap<>();

        @Override
        public void createLimit(String name, int slots) {
            limits.put(name, new Semaphore(slots, true));
            this.slots.put(name, slots);
        }

        @Override
        public void createRate(String name) {
            // Nothing is counted.
        }

        @Override
        public AutoCloseable acquire(String name, Duration patience, Duration lease) throws InterruptedException {
            Semaphore limit = limits.get(name);
            if (!limit.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("No slot of '" + name + "' is free");
            }
            return limit::release;
        }

        @Override
        public void spend(String name) {
            // Never too much.
        }

        @Override
        public long held(String name) {
            return (long) slots.get(name) - limits.get(name).availablePermits();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
