package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyAuthenticatorTest {
    private final ProxyAuthenticator authenticator = new ProxyAuthenticator(
            new ProxySettings(Network.list("127.0.0.1, 10.0.0.0/8,fd00::/8"), "X-Forwarded-User", "X-Groups"));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.255.0.1", "fd12::1", "::ffff:10.0.0.1"})
    void believesATrustedProxy(String address) throws Exception {
        // when
        CompletableFuture<Optional<Principal>> found =
                authenticate(address, Map.of("X-Forwarded-User", "alice", "X-Groups", "ops, platform,"));

        // then
        assertThat(found)
                .isCompletedWithValue(Optional.of(new Principal("proxy:alice", Set.of("ops", "platform"), List.of())));
        assertThat(authenticator.ignored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "11.0.0.1", "fe80::1", "::1"})
    void believesNoOtherAddress(String address) throws Exception {
        // when
        CompletableFuture<Optional<Principal>> found = authenticate(address, Map.of("X-Forwarded-User", "alice"));

        // then
        assertThat(found).isCompletedWithValue(Optional.empty());
        assertThat(authenticator.ignored()).isOne();
    }

    @Test
    void leavesRequestsThatNameNoUserToOthers() throws Exception {
        // when
        CompletableFuture<Optional<Principal>> found = authenticate("10.0.0.1", Map.of("X-Groups", "admins"));

        // then
        assertThat(found).isCompletedWithValue(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", " ", "a\u202eb"})
    void refusesAUserThatCannotBeOne(String user) throws Exception {
        // when
        CompletableFuture<Optional<Principal>> found = authenticate("10.0.0.1", Map.of("X-Forwarded-User", user));

        // then
        assertThat(found)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("a user that cannot be one");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "proxy.example.com", "10.0.0.0/x", "''", "10.0.0", "1.2.3.4.5"})
    void takesAddressesOnly(String text) {
        assertThatThrownBy(() -> Network.list("127.0.0.1," + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an address such as 127.0.0.1");
    }

    @Test
    void takesNoHeaderThatHasCredentialsOfItsOwn() {
        assertThatThrownBy(() -> new ProxySettings(Network.list("127.0.0.1"), "authorization", null))
                .hasMessageContaining("X-Forwarded-User");
    }

    private CompletableFuture<Optional<Principal>> authenticate(String address, Map<String, String> headers)
            throws Exception {
        return authenticator.authenticate(new Credentials(InetAddress.getByName(address), null, headers::get));
    }
}
