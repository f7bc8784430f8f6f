package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Asker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client of the version before gets no word that it does not know. */
class OlderRepliesTest {
    private static final Asker OLDER = new Asker("limits.replies", 0, "", "1");
    private static final Asker BEFORE_OWNERS = new Asker("limits.replies", 0, "", "1", 3);
    private static final Asker NEWER = new Asker("limits.replies", 0, "", "1", ReplyRecord.RULES);

    /** Replies to commands that the version before knew. */
    private static final Set<Class<?>> TO_OLD_COMMANDS =
            Set.of(Granted.class, Renewed.class, Denied.class, Queued.class, Stored.class);

    private static final Set<String> LATER_FIELDS = Set.of(
            "fence",
            "spend",
            "used",
            "priority",
            "upTo",
            "onExpiry",
            "obstacle",
            "estimatedStartAt",
            "windows",
            "virtualTime",
            "quotas",
            "perKey",
            "order",
            "maxWaiting",
            "whenFull",
            "owner");

    private static final Set<String> OLDER_REASONS = Set.of("PAUSED", "FULL", "TIMED_OUT");

    static List<Reply> replies() {
        return Stream.concat(Goldens.replies().stream(), Goldens.before().stream())
                .map(Golden::value)
                .filter(reply -> TO_OLD_COMMANDS.contains(reply.getClass()))
                .map(Reply.class::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldLeaveOutWhatAnOlderClientDoesNotKnow(Reply reply) throws Exception {
        // when
        JsonNode json = new ObjectMapper().readTree(ReplyJson.write(OlderReplies.understoodBy(OLDER, reply)));

        // then
        assertThat(names(json)).doesNotContainAnyElementsOf(LATER_FIELDS);
        if (reply instanceof Denied) {
            assertThat(OLDER_REASONS).contains(json.path("reason").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldSayAllToAClientThatKnowsIt(Reply reply) {
        assertThat(OlderReplies.understoodBy(NEWER, reply)).isSameAs(reply);
    }

    static List<Reply> repliesOfLeases() {
        return Goldens.replies().stream()
                .map(Golden::value)
                .filter(reply -> reply instanceof Granted || reply instanceof Renewed || reply instanceof Charged)
                .map(Reply.class::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("repliesOfLeases")
    void shouldLeaveOutOnlyTheOwnerForAClientOfVersionThree(Reply reply) throws Exception {
        // given
        ObjectNode all = (ObjectNode) new ObjectMapper().readTree(ReplyJson.write(reply));
        ((ObjectNode) all.path("lease")).remove("owner");

        // when
        JsonNode json = new ObjectMapper().readTree(ReplyJson.write(OlderReplies.understoodBy(BEFORE_OWNERS, reply)));

        // then
        assertThat(json).isEqualTo(all);
    }

    @Test
    void shouldRefuseAChangeThatMakesNoSenseInTheOlderWord() {
        // given
        Refused refused = new Refused(Refused.Reason.INVALID_DEFINITION, "Expected limit", List.of());

        // when
        Reply older = OlderReplies.understoodBy(OLDER, refused);

        // then
        assertThat(older).isEqualTo(new Refused(Refused.Reason.INVALID_COMMAND, "Expected limit", List.of()));
    }

    /** Names of all fields, but not those within the address of an asker, which has a key of its own. */
    private static List<String> names(JsonNode node) {
        Stream<String> own = node.properties().stream().map(Map.Entry::getKey);
        Stream<String> below = node.properties().stream()
                .filter(field ->
                        !field.getKey().equals("asker") && !field.getKey().equals("handedTo"))
                .flatMap(field -> names(field.getValue()).stream());
        return Stream.concat(own, below).toList();
    }
}
