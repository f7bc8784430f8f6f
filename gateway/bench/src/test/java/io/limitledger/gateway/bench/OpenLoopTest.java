package io.limitledger.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final AsyncOperation GRANTED = () -> CompletableFuture.completedFuture("granted");

    @Test
    void aServerThatHangsIsAskedAsOftenAndAllRequestsHaveWaited() throws Exception {
        // given
        CompletableFuture<String> atTheEnd = new CompletableFuture<>();
        AtomicInteger sent = new AtomicInteger();
        OpenLoop loop = new OpenLoop(
                100,
                () -> List.of(() -> {
                    if (sent.incrementAndGet() == 50) {
                        atTheEnd.complete("granted");
                    }
                    return atTheEnd;
                }));
        // when
        Figures figures = loop.over(HALF_A_SECOND);
        // then
        assertThat(figures.operations()).isEqualTo(50);
        assertThat(figures.p50Millis()).isGreaterThan(200);
        assertThat(figures.maxMillis()).isGreaterThan(480);
    }

    @Test
    void timeIsCountedFromWhenAnOperationWasDueThoughItWasSentLate() throws Exception {
        // given
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<String> never = new CompletableFuture<>();
        OpenLoop loop = new OpenLoop(100, () -> {
            if (sent.incrementAndGet() == 1) {
                // The sender is held up.
                never.completeOnTimeout("", 300, java.util.concurrent.TimeUnit.MILLISECONDS)
                        .join();
            }
            return List.of(GRANTED);
        });
        // when
        Figures figures = loop.over(HALF_A_SECOND);
        // then
        assertThat(figures.operations()).isEqualTo(50);
        assertThat(figures.maxMillis()).isGreaterThan(290);
        assertThat(figures.p50Millis()).isGreaterThan(50);
    }

    @Test
    void countsOperationsThatFailed() throws Exception {
        // given
        AtomicInteger asked = new AtomicInteger();
        AsyncOperation mixed = () -> switch (asked.incrementAndGet() % 5) {
            case 0 -> CompletableFuture.failedFuture(new UnknownOutcomeException("no answer"));
            case 1, 2 -> CompletableFuture.failedFuture(new CompletionException(new TooManyInFlightException(1)));
            default -> GRANTED.send();
        };
        OpenLoop loop = new OpenLoop(200, () -> List.of(mixed));
        // when
        Figures figures = loop.over(HALF_A_SECOND);
        // then
        assertThat(figures.operations()).isEqualTo(40);
        assertThat(figures.unserved()).isEqualTo(new Unserved(80, 40));
    }

    @Test
    void whatFollowsARefusalIsNotSent() throws Exception {
        // given
        AtomicInteger released = new AtomicInteger();
        AsyncOperation refused = () -> CompletableFuture.failedFuture(new TooManyInFlightException(1));
        AsyncOperation release = () -> CompletableFuture.completedFuture(released.incrementAndGet());
        OpenLoop loop = new OpenLoop(100, () -> List.of(refused, release));
        // when
        Figures figures = loop.over(HALF_A_SECOND);
        // then
        assertThat(released).hasValue(0);
        assertThat(figures.unserved()).isEqualTo(new Unserved(50, 0));
    }

    @Test
    void anyOtherFailureEndsTheRun() {
        // given
        AsyncOperation broken = () -> CompletableFuture.failedFuture(new IllegalStateException("no such limit"));
        OpenLoop loop = new OpenLoop(100, () -> List.of(broken));
        // when, then
        assertThatThrownBy(() -> loop.over(HALF_A_SECOND)).hasRootCauseMessage("no such limit");
    }
}
