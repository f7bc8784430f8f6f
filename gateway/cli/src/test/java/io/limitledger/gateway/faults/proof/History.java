package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitEvent;
import java.util.List;
import java.util.Map;

/**
 * The record of a run.
 *
 * @param calls of all clients
 * @param events the committed events of each limit, in order
 * @param disturbances the periods with faults
 */
public record History(List<Call> calls, Map<String, List<LimitEvent>> events, List<Disturbance> disturbances) {
    /** The largest difference between two clocks of one machine that count whole milliseconds, in milliseconds. */
    static final long CLOCK_MILLIS = 20;
}
