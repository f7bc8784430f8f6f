package io.limitledger.simulation;

import io.limitledger.timer.Timer;
import java.util.ArrayList;
import java.util.List;

/** A process with its own clock. After its death nothing runs in it any more. */
final class Host implements Timer {
    private final Timer timer;
    private final long clockAheadMillis;
    private final List<Runnable> afterDeath = new ArrayList<>();
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

    /** Runs work in this process, if the process still lives. */
    void run(Runnable work) {
        if (!dead) {
            work.run();
        }
    }

    boolean isDead() {
        return dead;
    }

    /** Registers work that runs outside of this process when it dies. */
    void whenDead(Runnable work) {
        afterDeath.add(work);
    }

    void die() {
        dead = true;
        afterDeath.forEach(Runnable::run);
    }
}
