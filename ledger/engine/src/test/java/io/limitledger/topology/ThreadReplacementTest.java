package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {
    private final List<Duration> pauses = new ArrayList<>();
    private long nanos = -5;
    private final ThreadReplacement replacement = new ThreadReplacement(() -> nanos, this::pause);

    private void pause(long pauseNanos) {
        pauses.add(Duration.ofNanos(pauseNanos));
        nanos += pauseNanos;
    }

    @Test
    void shouldReplaceTheFirstAtOnce() {
        // when
        StreamThreadExceptionResponse response = replacement.handle(new IllegalStateException());

        // then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldReplaceOneASecond() {
        // given
        replacement.handle(new IllegalStateException());
        nanos += Duration.ofMillis(300).toNanos();

        // when
        replacement.handle(new IllegalStateException());
        replacement.handle(new IllegalStateException());

        // then
        assertThat(pauses).containsExactly(Duration.ofMillis(700), Duration.ofSeconds(1));
    }

    @Test
    void shouldKeepInWordsWhichRightWasDenied() {
        // given
        StreamsException failure = new StreamsException(
                new TransactionalIdAuthorizationException("Transactional Id authorization failed."));

        // when
        StreamThreadExceptionResponse response = replacement.handle(failure);

        // then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(replacement.denied()).contains("Transactional Id authorization failed", "WRITE", "limit-ledger-");
    }

    @Test
    void shouldForgetWhatWasDeniedOnceThreadsStay() {
        // given
        replacement.handle(new StreamsException(new TopicAuthorizationException(Set.of("limits.events"))));

        // when
        nanos += Duration.ofMinutes(1).toNanos();

        // then
        assertThat(replacement.denied()).isNull();
    }

    @Test
    void shouldNotPauseAfterALongerTime() {
        // given
        replacement.handle(new IllegalStateException());
        nanos += Duration.ofSeconds(1).toNanos();

        // when
        replacement.handle(new IllegalStateException());

        // then
        assertThat(pauses).isEmpty();
    }
}
