package io.limitledger.gateway.prefect.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import io.limitledger.gateway.prefect.random.RandomRequests.Request;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever is asked, and by many at once, each reply is one that the contract knows, and none is a fault of the server.
 * {@code -Dfuzz.inputs=50000}, as {@code -Pthorough} has it, sends 10,000 requests.
 */
@Tag("broker")
class RandomRequestsTest {
    private static final int CLIENTS = 8;

    /** One for five inputs of the tests that need no broker: here each takes the processor several milliseconds. */
    private static final int REQUESTS_OF_EACH = Math.max(1, Integer.getInteger("fuzz.inputs", 10_000) / 5 / CLIENTS);

    /** Each client lets time pass after this number of requests, so that leases expire and rate limits drain. */
    private static final int REQUESTS_AT_A_TIME = 50;

    private static final int LONGEST_PAUSE_SECONDS = 100;

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    private final long seed = Long.getLong("seed", 20_261_120L);
    private final RandomRequests requests = new RandomRequests(seed);
    private final ReplySchemas schemas = new ReplySchemas();
    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();

    @Test
    void eachReplyFollowsItsSchema() throws Exception {
        // given
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

        // when
        List<Future<Integer>> asked =
                Stream.generate(() -> clients.submit(this::ask)).limit(CLIENTS).toList();
        clients.shutdown();

        // then
        int replies = 0;
        for (Future<Integer> client : asked) {
            replies += client.get();
        }
        assertThat(replies).isEqualTo(CLIENTS * REQUESTS_OF_EACH);
        assertThat(statuses).contains(200, 201, 204, 307, 404, 405, 409, 410, 422, 423);
    }

    /** The share of one client: how many replies were as they must be. */
    private int ask() {
        int replies = 0;
        while (replies < REQUESTS_OF_EACH) {
            Request request = requests.next();
            Reply reply = server.send(request.method(), request.path(), request.body());
            check(request, reply);
            note(request, reply);
            replies++;
            if (replies % REQUESTS_AT_A_TIME == 0) {
                server.advance(requests.number(LONGEST_PAUSE_SECONDS));
            }
        }
        return replies;
    }

    private void check(Request request, Reply reply) {
        if (!request.method().equals("HEAD") && !isOther(request, reply)) {
            assertThat(schemas.mistakes(request.fine(), reply))
                    .as("seed %d: %s -> %d %s", seed, request, reply.status(), reply.text())
                    .isEmpty();
        }
        assertThat(reply.status()).isLessThan(500);
        statuses.add(reply.status());
    }

    /** Odd requests may meet any route, and then it is not known which schema is theirs. */
    private static boolean isOther(Request request, Reply reply) {
        return request.fine().equals("anything") && (reply.status() == 200 || reply.status() == 201);
    }

    private void note(Request request, Reply reply) {
        if (reply.status() == 200 && request.fine().equals("lease")) {
            requests.granted(UUID.fromString(reply.json().path("lease_id").asText()));
        }
        if (reply.status() == 201 && request.fine().equals("limit")) {
            requests.created(reply.json().path("id").asText());
        }
    }
}
