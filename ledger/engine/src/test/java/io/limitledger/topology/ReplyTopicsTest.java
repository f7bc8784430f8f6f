package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To which topics the ledger may be made to write. */
class ReplyTopicsTest {
    @ParameterizedTest
    @CsvSource({
        "limits.replies, true",
        "billing-replies, true",
        "shop.replies, true",
        "exactly-this, true",
        "exactly-this-not, false",
        "billing, false",
        "limit-ledger-state-changelog, false",
        "limit-ledger-replies, false",
        "limits.commands, false",
        "limits.replies-replies, false",
        "__consumer_offsets, false",
        "__my-replies, false",
        "a b-replies, false",
    })
    void shouldReplyToWhatWasNamedButNeverToTheLedgersOwn(String topic, boolean isAllowed) {
        // given
        ReplyTopics topics = ReplyTopics.of(List.of("*-replies", "*.replies", "exactly-this"));

        // when
        String refusal = topics.refusal(topic);

        // then
        assertThat(refusal == null).isEqualTo(isAllowed);
    }

    @Test
    void shouldReplyToNoOtherTopicUnlessOneWasNamed() {
        // then
        assertThat(ReplyTopics.OURS.refusal("limits.replies")).isNull();
        assertThat(ReplyTopics.OURS.refusal("billing-replies")).contains("--reply-topics");
    }

    @Test
    void shouldNotReplyToItselfEvenIfAnyTopicIsNamed() {
        // given
        ReplyTopics any = ReplyTopics.of(List.of("*"));

        // then
        assertThat(any.refusal("anything")).isNull();
        assertThat(any.refusal("limits.events")).contains("belongs to the ledger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a*b", "**", "a b", "limits.events", "__consumer_offsets", "limits.*", "limit-ledger-*"})
    void shouldRefuseToBeGivenWhatNamesNoTopicOfAnAsker(String form) {
        // then
        assertThatThrownBy(() -> ReplyTopics.of(List.of(form)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + form + "'");
    }
}
