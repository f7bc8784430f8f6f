package io.limitledger.gateway.prefect.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import io.limitledger.gateway.prefect.random.RandomRequests.Request;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is asked, each reply is one that the contract knows, and none of them is a fault of the server. */
class RandomRequestsTest {
    private static final int REQUESTS = 10_000;

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void eachReplyFollowsItsSchema() {
        // given
        long seed = Long.getLong("seed", 20_261_120L);
        RandomRequests requests = new RandomRequests(seed);
        ReplySchemas schemas = new ReplySchemas();
        Random time = new Random(seed);
        Map<Integer, Integer> statuses = new TreeMap<>();

        for (int number = 0; number < REQUESTS; number++) {
            // when
            Request request = requests.next();
            Reply reply = server.send(request.method(), request.path(), request.body());

            // then
            if (!request.method().equals("HEAD") && !isOther(request, reply)) {
                assertThat(schemas.mistakes(request.fine(), reply))
                        .as("seed %d, request %d: %s -> %d %s", seed, number, request, reply.status(), reply.text())
                        .isEmpty();
            }
            assertThat(reply.status()).isLessThan(500);
            statuses.merge(reply.status(), 1, Integer::sum);
            note(request, reply, requests);
            server.advance(time.nextInt(20) / 10.0);
        }
        assertThat(statuses.keySet()).contains(200, 201, 204, 307, 404, 405, 409, 410, 422, 423);
    }

    /** Odd requests may meet any route, and then it is not known which schema is theirs. */
    private static boolean isOther(Request request, Reply reply) {
        return request.fine().equals("anything") && (reply.status() == 200 || reply.status() == 201);
    }

    private static void note(Request request, Reply reply, RandomRequests requests) {
        if (reply.status() == 200 && request.fine().equals("lease")) {
            requests.granted(UUID.fromString(reply.json().path("lease_id").asText()));
        }
        if (reply.status() == 201 && request.fine().equals("limit")) {
            requests.created(reply.json().path("id").asText());
        }
    }
}
