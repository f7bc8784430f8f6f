package io.limitledger.gateway.cli.demo;

import io.limitledger.gateway.cli.demo.Part.Span;
import java.time.Duration;
import java.util.List;

/**
 * What one kind of client does again and again: pause, acquire, hold, release.
 *
 * @param parts what it asks for, all or nothing
 * @param clients how many there are
 * @param job what they say of themselves
 * @param patience how long they wait in the queue
 * @param holdMillis how long they hold; 0 for those that only spend
 * @param pauseMillis how long they pause before they ask again
 * @param priority their head start in the queue, in seconds
 * @param isSettled whether they say afterwards how many slots they used
 */
record Habit(
        List<Part> parts,
        int clients,
        String job,
        Duration patience,
        Span holdMillis,
        Span pauseMillis,
        int priority,
        boolean isSettled) {
    Habit(Part part, int clients, String job, Duration patience, Span holdMillis, Span pauseMillis) {
        this(List.of(part), clients, job, patience, holdMillis, pauseMillis, 0, false);
    }

    Habit withPriority(int seconds) {
        return new Habit(parts, clients, job, patience, holdMillis, pauseMillis, seconds, isSettled);
    }

    boolean isSpending() {
        return holdMillis.to() == 0;
    }
}
