package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a direct producer may write of a definition, and the message that a mistake gets. */
class DefinitionJsonTest {
    @Test
    void shouldLeaveOutALimitThatIsNotThere() throws Exception {
        // given
        Quota monthly = new Quota(5, new CalendarPeriod(CalendarPeriod.Unit.MONTH));
        Definition definition = new Definition(Definition.UNBOUNDED, 0, true, List.of(monthly), null, Queueing.DEFAULT);
        PutLimit put = new PutLimit("a", definition, null, false);

        // when
        byte[] json = CommandJson.write(put);

        // then
        assertThat(new String(json, UTF_8))
                .contains("{\"slotDecayPerSecond\":0.0,\"active\":true,\"quotas\":[{\"slots\":5,\"per\":\"month\"}]}");
        assertThat(CommandJson.read(json)).isEqualTo(put);
    }

    @Test
    void shouldRefuseTheNumberThatStandsForNoLimit() throws Exception {
        // when
        LimitCommand put = CommandJson.read(put("\"limit\":2147483648"));

        // then
        assertThat(put.invalidFields()).extracting(InvalidField::field).containsExactly("limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | neither",
                "{\"slots\":1,\"perSeconds\":1,\"per\":\"day\"} | both",
                "{\"slots\":1,\"perSeconds\":1,\"zone\":\"UTC\"} | only beside per",
                "{\"slots\":1,\"per\":\"day\",\"at\":\"8:00\"} | 08:00",
                "{\"slots\":1,\"per\":\"day\",\"at\":\"25:00\"} | 08:00",
                "{\"slots\":1,\"per\":\"fortnight\"} | not one of the values accepted",
            })
    void shouldSayWhatIsWrongWithAQuota(String quota, String message) {
        assertThatThrownBy(() -> CommandJson.read(put("\"quotas\":[" + quota + "]")))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"quotas\":[{\"perSeconds\":1}] | quotas.slots",
                "\"quotas\":[{\"slots\":1,\"perSeconds\":0}] | quotas.perSeconds",
                "\"quotas\":[{\"slots\":1,\"per\":\"day\",\"zone\":\"Europe/Berlin\"}] | quotas.offsets",
                "\"perKey\":{} | perKey",
                "\"limit\":1,\"whenFull\":\"replaceOldest\" | whenFull",
                "\"perKey\":{\"limit\":1},\"order\":\"fair\" | order",
            })
    void shouldNameTheFieldThatIsWrong(String fields, String field) throws Exception {
        // when
        LimitCommand put = CommandJson.read(put(fields));

        // then
        assertThat(put.invalidFields()).extracting(InvalidField::field).containsExactly(field);
    }

    private static byte[] put(String fields) {
        return ("{\"type\":\"PutLimit\",\"limit\":\"a\",\"definition\":{\"slotDecayPerSecond\":0,\"active\":true,"
                        + fields + "}}")
                .getBytes(UTF_8);
    }
}
