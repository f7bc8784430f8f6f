package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.Rights;
import io.limitledger.gateway.events.KeptEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleEventTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"lease":{"siblings":["a","team-2"]}}            | {"lease":{"siblings":["team-2"]}}
        {"parts":[{"siblings":["a"],"slots":1}]}         | {"parts":[{"siblings":[],"slots":1}]}
        {"newName":"a"}                                  | {}
        {"from":"team-2","leases":[{"siblings":["a"]}]}  | {"from":"team-2","leases":[{"siblings":[]}]}
        {"holder":{"siblings":["a"],"newName":"a"}}      | {"holder":{"siblings":["a"],"newName":"a"}}
        """)
    void namesNoLimitThatTheCallerMayNotRead(String fact, String visible) {
        // given
        List<Allowed> allowed = List.of(Allowed.parse("read:team-*"));
        Caller caller = new Caller(new Principal("token:ci", Set.of(), allowed), new Rights(allowed));
        KeptEvent event = event(fact);

        // when
        byte[] json = VisibleEvent.json(event, caller);

        // then
        assertThat(json).asString(StandardCharsets.UTF_8).isEqualTo("{\"number\":1,\"fact\":" + visible + "}");
        assertThat(VisibleEvent.json(event, Caller.EVERYONE)).isSameAs(event.json());
    }

    private static KeptEvent event(String fact) {
        String json = "{\"number\":1,\"fact\":" + fact + "}";
        return new KeptEvent(0, 0, "team-1", json.getBytes(StandardCharsets.UTF_8));
    }
}
