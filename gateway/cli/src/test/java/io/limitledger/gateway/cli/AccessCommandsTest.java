package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessInMemory;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.TokenAuthenticator;
import io.limitledger.gateway.access.TokenText;
import io.limitledger.gateway.http.GatewayExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code limits token}, {@code rights} and {@code whoami}. */
class AccessCommandsTest {
    private static final AccessBook BOOK = new AccessBook();
    private static final Clock CLOCK = Clock.systemUTC();
    private static final AccessAdmin ADMIN = new AccessAdmin(BOOK, new AccessInMemory(BOOK), CLOCK);

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(
            new Gatekeeper(List.of(new TokenAuthenticator(BOOK, CLOCK, BOOK::used)), BOOK::rights), ADMIN);

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void signIn() throws IOException {
        List.copyOf(BOOK.tokens().keySet()).forEach(BOOK::removeToken);
        List.copyOf(BOOK.grants().keySet()).forEach(BOOK::removeGrant);
        write(ADMIN.replaceAdmin().join().text().secret());
    }

    private void write(String token) throws IOException {
        Files.writeString(directory.resolve("token"), token);
    }

    private int limits(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of(
                                "--url",
                                "http://127.0.0.1:" + GATEWAY.server().port(),
                                "--token-file",
                                directory.resolve("token").toString()))
                .toArray(String[]::new);
        return run(all);
    }

    private int run(String... arguments) {
        return LimitsCommand.commandLine(arguments[0])
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void createPrintsTheTokenAndNothingElse() throws Exception {
        // when
        int exitCode = limits("token", "create", "ci", "--allow", "hold:deploy-*,read:*", "--expires", "90d");

        // then
        assertThat(exitCode).isZero();
        String token = out.toString().strip();
        assertThat(token).matches(TokenText.REGULAR_EXPRESSION);
        assertThat(err.toString()).contains("created token 'ci', valid until").doesNotContain(token);
        write(token);
        assertThat(limits("whoami")).isZero();
        assertThat(out.toString().strip()).isEqualTo("token:ci; may: hold:deploy-*, read:*");
    }

    @Test
    void rotatePrintsTheNewTextAndTheOlderOneGoesOn() throws Exception {
        // given
        limits("token", "create", "ci", "--allow", "read:*");
        String older = out.toString().strip();

        // when
        int exitCode = limits("token", "rotate", "ci", "--overlap", "1h");

        // then
        String newer = out.toString().strip();
        assertThat(exitCode).isZero();
        assertThat(newer).matches(TokenText.REGULAR_EXPRESSION).isNotEqualTo(older);
        write(older);
        assertThat(limits("whoami")).isZero();
    }

    @Test
    void revokedTokensAreRefusedAndLeftOutOfTheList() throws Exception {
        // given
        limits("token", "create", "ci", "--allow", "read:*");
        String token = out.toString().strip();

        // when
        int exitCode = limits("token", "revoke", "ci");

        // then
        assertThat(exitCode).isZero();
        limits("token", "ls", "-o", "name");
        assertThat(out.toString().lines()).containsExactly("admin");
        limits("token", "ls", "--revoked", "-o", "name");
        assertThat(out.toString().lines()).containsExactly("admin", "ci");
        write(token);
        assertThat(limits("whoami")).isEqualTo(77);
        assertThat(err.toString()).contains("was revoked").doesNotContain(token);
    }

    @Test
    void rightsAreSetListedAndRemoved() {
        // when
        int set = limits("rights", "set", "group:platform", "define:team-*", "read:*");

        // then
        assertThat(set).isZero();
        assertThat(out.toString().strip()).isEqualTo("group:platform may now: define:team-*, read:*");
        limits("rights", "ls");
        assertThat(out.toString())
                .contains("group:platform  define:team-*, read:*")
                .contains("token:admin");
        assertThat(limits("rights", "rm", "group:platform")).isZero();
        limits("rights", "ls");
        assertThat(out.toString().strip()).isEqualTo("No rights but those of tokens.");
    }

    @Test
    void mistakesAreSaidInOneLineEach() {
        // when
        int exitCode = limits("token", "create", "a b", "--allow", "reed:*");

        // then
        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString())
                .contains("name: the name of a token has")
                .contains("'reed' in 'reed:*' is not a right");
    }

    @Test
    void generatePrintsATextAndItsHash() {
        // when
        int exitCode = run("token", "generate");

        // then
        assertThat(exitCode).isZero();
        String hash = TokenText.parse(out.toString().strip()).hash().sha256();
        assertThat(err.toString().strip()).isEqualTo("sha256: " + hash);
    }
}
