package io.limitledger.simulation;

import io.limitledger.timer.Timer;
import java.util.ArrayList;
import java.util.List;

/** A process with a clock of its own, which may die: then nothing more is called in it. */
final class Host implements Timer {
    private final Timer timer;
    private final long clockAheadMillis;
    private final List<Runnable> lastWords = new ArrayList<>();
    private boolean dead;

    Host(Timer timer, long clockAheadMillis) {
        this.timer = timer;
        this.clockAheadMillis = clockAheadMillis;
    }

    @Override
    public long nowMillis() {
        return timer.nowMillis() + clockAheadMillis;
    }

    @Override
    public Runnable in(long millis, Runnable work) {
        return timer.in(millis, () -> run(work));
    }

    /** Does something in this process, if it still lives. */
    void run(Runnable work) {
        if (!dead) {
            work.run();
        }
    }

    boolean isDead() {
        return dead;
    }

    /** What the world does when this process dies; the process itself does nothing any more. */
    void whenDead(Runnable work) {
        lastWords.add(work);
    }

    void die() {
        dead = true;
        lastWords.forEach(Runnable::run);
    }
}
