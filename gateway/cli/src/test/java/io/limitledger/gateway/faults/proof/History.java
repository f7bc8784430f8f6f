package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitEvent;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a run.
 *
 * @param calls of all clients
 * @param events the committed ones of each limit, in order
 * @param disturbances of the run
 */
public record History(List<Call> calls, Map<String, List<LimitEvent>> events, List<Disturbance> disturbances) {
    /** Between two clocks of one machine, both in whole milliseconds. */
    static final long CLOCK_MILLIS = 20;
}
