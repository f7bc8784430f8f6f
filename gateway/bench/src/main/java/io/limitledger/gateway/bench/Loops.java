package io.limitledger.gateway.bench;

import java.util.List;
import java.util.function.Supplier;

/** Askers without threads of their own, as many or as often as a load says. */
final class Loops {
    private Loops() {}

    /** @param cycles gives an asker what to do next, one operation after the other */
    static Measurement of(Load load, Supplier<List<AsyncOperation>> cycles) {
        return load instanceof Load.Open open
                ? new OpenLoop(open.perSecond(), cycles)
                : new ClosedLoop(load.size(), cycles);
    }
}
