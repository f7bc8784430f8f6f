package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.credentials.TestAuthority;
import io.limitledger.gateway.access.Authenticator;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.Rights;
import io.limitledger.gateway.access.UnauthenticatedException;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.holder.Gateway;
import io.limitledger.holder.Lease;
import io.limitledger.holder.Limits;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A client whose session began with a token that is no longer valid, and whose file has a newer one. */
@Timeout(60)
class RotatedTokenTest {
    private static volatile String valid = "old";

    @RegisterExtension
    static final GatewayExtension gateway =
            new GatewayExtension(new Gatekeeper(List.of(new OneToken()), principal -> Rights.ALL));

    @TempDir
    private Path folder;

    /** Knows the one who has the token that is valid now. */
    private static final class OneToken implements Authenticator {
        @Override
        public CompletableFuture<Optional<Principal>> authenticate(Credentials credentials) {
            return ("Bearer " + valid).equals(credentials.header().apply("Authorization"))
                    ? CompletableFuture.completedFuture(Optional.of(new Principal("token:a", Set.of(), List.of())))
                    : CompletableFuture.failedFuture(new UnauthenticatedException("no longer valid"));
        }

        @Override
        public String way() {
            return "token";
        }
    }

    @Test
    void goesOnWithTheNewerTokenAndKeepsItsLease() throws Exception {
        // given
        gateway.send(gateway.request("/v1/limits/printer")
                        .header("Authorization", "Bearer " + valid)
                        .PUT(BodyPublishers.ofString("{\"limit\": 2}"))
                        .build())
                .join();
        Path file = Files.writeString(folder.resolve("token"), "old\n");
        Gateway to = Gateway.at("http://127.0.0.1:" + gateway.server().port()).tokenFile(file);
        try (Limits limits = Limits.overHttp(to)) {
            Lease before = limits.acquire("printer").now();
            await().until(() -> gateway.observed().contains("GET /v1/session acquire 201"));

            // when
            TestAuthority.replace(file, "new\n");
            valid = "new";
            Lease after = limits.acquire("printer").now();

            // then
            assertThat(after.isHeld()).isTrue();
            after.close();
            before.close();
        }
        assertThat(gateway.ledger().leases("printer", null, 1)).isEmpty();
    }
}
