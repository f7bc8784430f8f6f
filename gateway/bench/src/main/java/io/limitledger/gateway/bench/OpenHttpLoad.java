package io.limitledger.gateway.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Clients that call at a steady rate, on as many keep-alive connections as that takes. */
record OpenHttpLoad(URI server, Workload workload, Load load) implements Measurement {
    @Override
    public Figures over(Duration duration) throws Exception {
        try (HttpConnections connections = HttpConnections.to(server)) {
            return Loops.of(load, () -> exchanges(connections)).over(duration);
        }
    }

    private List<AsyncOperation> exchanges(HttpConnections connections) {
        return workload.cycle().stream()
                .map(HttpCall::of)
                .map(call -> (AsyncOperation) () -> connections.send(call).thenApply(HttpReply::orFail))
                .toList();
    }
}
