package io.limitledger.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.KnownTokens;
import io.limitledger.gateway.http.server.ServedRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever bytes clients send that show no token: nothing reaches the ledger, and only what is public is answered.
 * {@code -Dfuzz.inputs=100000} tries harder.
 */
@Timeout(600)
class TokenlessFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 4_000);
    private static final int CLIENTS = 4;

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(new KnownTokens().gatekeeper());

    @Test
    void changesNothingAndLearnsNothing() throws Exception {
        // given
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Tally>> tallies = new ArrayList<>();

        // when
        for (int client = 0; client < CLIENTS; client++) {
            FuzzRun run = new FuzzRun(GATEWAY.server().port(), 1_000_000 + client);
            tallies.add(clients.submit(() -> run.send(INPUTS / CLIENTS)));
        }
        clients.shutdown();
        Tally all = new Tally();
        for (Future<Tally> tally : tallies) {
            all.add(tally.get());
        }

        // then
        assertThat(all.statuses().keySet()).contains(401, 404);
        assertThat(GATEWAY.ledger().sent()).isEmpty();
        assertThat(answeredOtherwiseThanByARefusal()).isSubsetOf(publicOperations());
    }

    private static Set<String> answeredOtherwiseThanByARefusal() {
        return GATEWAY.observed().stream()
                .filter(answer -> answer.matches(".* [123]\\d\\d"))
                .map(answer -> answer.replaceFirst(" \\d+$", ""))
                .collect(Collectors.toSet());
    }

    private static Set<String> publicOperations() {
        return GATEWAY.server().routes().stream()
                .filter(route -> route.need().equals(Need.PUBLIC))
                .map(ServedRoute::operation)
                .collect(Collectors.toSet());
    }
}
