package io.limitledger.topics;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** Waits for the answers of Kafka's admin client; what goes wrong is a {@link KafkaException}, as with all its other clients. */
public final class AdminAnswers {
    private AdminAnswers() {}

    /**
     * An answer.
     *
     * @throws TimeoutException if it does not come in time
     * @throws KafkaException if Kafka refuses, or this thread is interrupted
     */
    public static <T> T get(KafkaFuture<T> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("Expected an answer from Kafka within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
