package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events come back in whatever order their fields stand, and what is none is refused. */
class EventJsonTest {
    private static final LimitEvent EVENT = new LimitEvent("database", 3, 1_500, 1, 17, new LimitDeleted());

    @Test
    void shouldReadWhatItWrites() throws UnreadableRecordException {
        // then
        assertThat(EventJson.read(EventJson.write(EVENT))).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'fact':{},'type':'LimitDeleted','limit':'database','number':3,'at':'1970-01-01T00:00:01.500Z','rules':1,'offset':17}",
                "{'offset':17,'rules':1,'at':'1970-01-01T00:00:01.5Z','number':3,'limit':'database','type':'LimitDeleted','fact':{}}",
                "{'new':{'limit':'x'},'type':'LimitDeleted','limit':'database','number':3,'at':'1970-01-01T00:00:01.500Z','rules':1,'offset':17,'fact':{}}"
            })
    void shouldReadAnyOrderAndPassOverWhatIsNew(String json) throws UnreadableRecordException {
        // then
        assertThat(read(json)).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "null",
                "[]",
                "{}",
                "{'type':'LimitDeleted','limit':'database','number':3,'at':'1970-01-01T00:00:01.500Z','rules':1,'offset':17}",
                "{'type':'LimitDeleted','limit':'database','number':3,'at':'yesterday','rules':1,'offset':17,'fact':{}}",
                "{'type':'LimitLost','limit':'database','number':3,'at':'1970-01-01T00:00:01.500Z','rules':1,'offset':17,'fact':{}}",
                "{'fact':{},'limit':'database','number':3,'at':'1970-01-01T00:00:01.500Z','rules':1,'offset':17}",
                "{'type':{'type':'LimitDeleted'},'limit':'database','number':3,'at':'1970-01-01T00:00:01.500Z','rules':1,'offset':17,'fact':{}}"
            })
    void shouldRefuseWhatIsNoEvent(String json) {
        // then
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageStartingWith("Expected an event in JSON, but ");
    }

    private static LimitEvent read(String json) throws UnreadableRecordException {
        return EventJson.read(json.replace('\'', '"').getBytes(UTF_8));
    }
}
