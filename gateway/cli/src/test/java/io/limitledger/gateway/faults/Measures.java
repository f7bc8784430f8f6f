package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Call;
import io.limitledger.gateway.faults.proof.History;
import io.limitledger.gateway.faults.proof.Proof;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The measurements of a run: how long requests went unanswered after each fault. */
final class Measures {
    private static final double LEDGER_TARGET_SECONDS = 5;

    private final List<InjectedFault> faults;
    private final List<Probe> probes;

    Measures(List<InjectedFault> faults, List<Probe> probes) {
        this.faults = faults;
        this.probes = probes;
    }

    /** The longest time without an answer after a ledger was killed, through either gateway, in seconds. */
    double longestAfterLedger() {
        return faults.stream()
                .filter(fault -> fault.fault() == Fault.KILL_LEDGER)
                .mapToDouble(this::silence)
                .max()
                .orElse(0);
    }

    /** The longest time without an answer through the other gateway after a gateway was killed, in seconds. */
    double longestAfterGateway() {
        return faults.stream()
                .filter(fault -> fault.fault() == Fault.KILL_GATEWAY)
                .mapToDouble(this::silence)
                .max()
                .orElse(0);
    }

    /** The longest time without an answer after one fault, in seconds. Gateways hit by the fault do not count. */
    private double silence(InjectedFault fault) {
        return probes.stream()
                .filter(probe -> !fault.hasHit(probe.name()))
                .mapToDouble(probe -> probe.longestSeconds(fault.begun(), fault.healthy()))
                .max()
                .orElse(0);
    }

    String summary(History history) {
        String silences = faults.stream()
                .filter(fault -> fault.fault() != Fault.KILL_ALL)
                .map(fault ->
                        "  %.2f s without an answer: %s %s%n".formatted(silence(fault), fault.fault(), fault.hit()))
                .collect(Collectors.joining());
        return silences
                + "longest after the kill of a ledger %.2f s (target: below %.0f), of a gateway %.2f s%n"
                        .formatted(longestAfterLedger(), LEDGER_TARGET_SECONDS, longestAfterGateway())
                + "leases expired at most %d ms late while no fault was active%n"
                        .formatted(Proof.latestEndMillis(history))
                + "%d calls: %s; %d events"
                        .formatted(
                                history.calls().size(),
                                results(history.calls()),
                                history.events().values().stream()
                                        .mapToInt(List::size)
                                        .sum());
    }

    private static Map<Result, Long> results(List<Call> calls) {
        return calls.stream()
                .collect(Collectors.groupingBy(call -> call.answer().result(), TreeMap::new, Collectors.counting()));
    }
}
