package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://127.0.0.1:8080/, http://127.0.0.1:8080",
        "https://limits.example/base//, https://limits.example/base",
        "HTTP://[::1]:80, HTTP://[::1]:80",
        "http://user:pass@host, http://host"
    })
    void shouldHaveNoSlashAtTheEndAndNoCredentials(String text, String url) {
        // when
        GatewayAddress address = GatewayAddress.parse(text);

        // then
        assertThat(address.url()).isEqualTo(url);
    }

    /** Cases: a colon in the password, an empty password, and a character that must be escaped. */
    @ParameterizedTest
    @CsvSource({
        "http://user:pa:ss@host, Basic dXNlcjpwYTpzcw==",
        "http://user@host, Basic dXNlcjo=",
        "http://user:p%40+s@host, Basic dXNlcjpwQCtz"
    })
    void shouldKeepTheCredentialsAsAHeader(String text, String header) {
        // when
        GatewayAddress address = GatewayAddress.parse(text);

        // then
        assertThat(address.authorization()).isEqualTo(header);
        assertThat(address).asString().doesNotContain("user", "pa", "dXNl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://user:secret@host",
                "http://user:sec ret@host",
                "http://user:secret@",
                "user:secret@host",
                "http://user:sec?ret@host",
                "http://user:sec#ret@host"
            })
    void shouldNeverShowAPossiblePassword(String text) {
        assertThatThrownBy(() -> GatewayAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it must be an address such as http://127.0.0.1:8080")
                .hasNoCause();
    }

    @Test
    void shouldShowTheInvalidAddress() {
        assertThatThrownBy(() -> GatewayAddress.parse("foo"))
                .hasMessage("it must be an address such as http://127.0.0.1:8080, not 'foo'");
    }
}
