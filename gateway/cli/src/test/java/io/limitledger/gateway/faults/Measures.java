package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Call;
import io.limitledger.gateway.faults.proof.History;
import io.limitledger.gateway.faults.proof.Proof;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a run went, in numbers. */
final class Measures {
    private static final double LEDGER_TARGET_SECONDS = 5;

    private final List<Deed> deeds;
    private final List<Probe> probes;

    Measures(List<Deed> deeds, List<Probe> probes) {
        this.deeds = deeds;
        this.probes = probes;
    }

    /** The longest time without an answer after the death of a ledger, through either gateway, in seconds. */
    double longestAfterLedger() {
        return deeds.stream()
                .filter(deed -> deed.fault() == Fault.KILL_LEDGER)
                .mapToDouble(this::silence)
                .max()
                .orElse(0);
    }

    /** The same for clients of the other gateway after the death of a gateway. */
    double longestAfterGateway() {
        return deeds.stream()
                .filter(deed -> deed.fault() == Fault.KILL_GATEWAY)
                .mapToDouble(this::silence)
                .max()
                .orElse(0);
    }

    /** No answer is expected through a gateway that was hit itself. */
    private double silence(Deed deed) {
        return probes.stream()
                .filter(probe -> !deed.hasHit(probe.name()))
                .mapToDouble(probe -> probe.longestSeconds(deed.begun(), deed.healthy()))
                .max()
                .orElse(0);
    }

    String inWords(History history) {
        String silences = deeds.stream()
                .filter(deed -> deed.fault() != Fault.KILL_ALL)
                .map(deed -> "  %.2f s without an answer: %s %s%n".formatted(silence(deed), deed.fault(), deed.hit()))
                .collect(Collectors.joining());
        return silences
                + "longest after the death of a ledger %.2f s (target: below %.0f), of the other gateway %.2f s%n"
                        .formatted(longestAfterLedger(), LEDGER_TARGET_SECONDS, longestAfterGateway())
                + "the end of a lease was noticed after %d ms at most while nothing was disturbed%n"
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
