package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.7, 0.0.0.0, true",
        "[2001:db8::7], ::, true",
        "limits, 0.0.0.0, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.8, 192.168.1.7, false",
        "localhost, 192.168.1.7, true",
        "limits.lan, limits.lan, true",
        "LIMITS.lan., limits.lan, true",
        "2130706433, 127.0.0.1, false",
        "999.1.1.1, 0.0.0.0, false"
    })
    void knowsTheAddressesThatItIsBoundTo(String asked, String bound, boolean isOwn) {
        // when
        boolean answer = Site.OWN_ADDRESSES.hasHost(asked, bound);

        // then
        assertThat(answer).isEqualTo(isOwn);
    }

    @Test
    void knowsOriginsAsBrowsersWriteThem() {
        // given
        Site site = Site.of(List.of("https://Limits.example.com:443/base/"), List.of("http://localhost:3000/"));

        // when
        boolean isAllowed = site.isAllowed("http://localhost:3000");

        // then
        assertThat(isAllowed).isTrue();
        assertThat(site.isForeign("cross-site", "https://limits.example.com", "10.0.0.1"))
                .isFalse();
        assertThat(site.isForeign(null, "https://limits.example.com:8443", "10.0.0.1"))
                .isTrue();
        assertThat(site.hasHost("limits.example.com", "127.0.0.1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limits.example.com", "ftp://limits.example.com", "https://", "https://user:word@limits", "*", ""
            })
    void refusesWhatIsNoAddressWithoutRepeatingIt(String text) {
        // when then
        assertThatThrownBy(() -> Site.of(List.of(text), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://limits.example.com")
                .hasMessageNotContaining("word");
    }
}
