package io.limitledger.gateway.prefect.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.prefect.answer.AnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not, and its error; the messages are those of Python's own reader. */
class PythonJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": [1, -2.5e3, true, null, "x"], "b": {}} | {"a":[1,-2500.0,true,null,"x"],"b":{}}
            [] | []
            "\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041" | "\\"\\\\/\\b\\f\\n\\r\\tA"
            {"a": 1, "a": 2} | {"a":2}
            -0 | 0
            123456789012345678901234567890 | 123456789012345678901234567890
            """)
    void reads(String text, String json) {
        // when
        JsonNode value = PythonJson.read(text);

        // then
        assertThat(value.toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e400"})
    void takesNumbersThatAreNone(String text) {
        // when
        JsonNode value = PythonJson.read(text);

        // then
        assertThat(Double.isFinite(value.doubleValue())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ` `            | 1  | Expecting value
            nope           | 0  | Expecting value
            {"a" 1}        | 5  | Expecting ':' delimiter
            {"a": }        | 6  | Expecting value
            {"a": 1 "b"}   | 8  | Expecting ',' delimiter
            {"a": 1,}      | 8  | Expecting property name enclosed in double quotes
            {a: 1}         | 1  | Expecting property name enclosed in double quotes
            {              | 1  | Expecting property name enclosed in double quotes
            [1 2]          | 3  | Expecting ',' delimiter
            [1,]           | 3  | Expecting value
            [              | 1  | Expecting value
            "abc           | 0  | Unterminated string starting at
            "\\x"          | 1  | Invalid \\escape
            "\\u12"        | 2  | Invalid \\uXXXX escape
            1 2            | 2  | Extra data
            01             | 1  | Extra data
            "😀" x         | 4  | Extra data
            """)
    void saysWhatIsWrongAndWhere(String text, int position, String reason) {
        // when
        PythonJson.SyntaxException failure =
                catchThrowableOfType(PythonJson.SyntaxException.class, () -> PythonJson.read(text));

        // then
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.position()).isEqualTo(position);
    }

    @Test
    void givesUpOnWhatHasNoEnd() {
        // when then
        assertThatThrownBy(() -> PythonJson.read("1".repeat(5_000)))
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        failure -> assertThat(failure.answer().status()).isEqualTo(400));
        assertThatThrownBy(() -> PythonJson.read("[".repeat(5_000)))
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        failure -> assertThat(failure.answer().status()).isEqualTo(400));
    }
}
