package io.limitledger.topology;

import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandRecord;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The topics to which the ledger sends replies: {@code limits.replies}, and those that the operator named. A command says
 * where its reply goes, but the ledger writes it with its own rights; so whoever may write commands must not be able to
 * choose a topic that only the ledger may write, its own above all.
 *
 * <p>Not a part of deciding: a command is decided the same way, whatever is named here.
 */
public final class ReplyTopics {
    /** {@code limits.replies} alone. */
    public static final ReplyTopics OURS = new ReplyTopics(List.of());

    /** For a broker that no one else uses: what direct producers usually call their topics. */
    public static final String USUAL = "*-replies,*.replies";

    /** What Kafka takes for a topic's name. Asked for any other, a producer goes on asking, and complains each time. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** A name, or its beginning, or its end. */
    private static final Pattern FORM = Pattern.compile("\\*?[a-zA-Z0-9._-]{1,249}|[a-zA-Z0-9._-]{0,249}\\*");

    /** Topics of this ledger, also those of later versions. */
    private static final List<String> RESERVED_PREFIXES = List.of("limits.", LedgerTopics.GROUP + "-");

    /** Topics of Kafka itself. */
    private static final String INTERNAL_PREFIX = "__";

    /** As much of what came as a reason quotes. */
    private static final int QUOTED_CHARACTERS = 100;

    private final List<String> forms;

    private ReplyTopics(List<String> forms) {
        this.forms = List.copyOf(forms);
    }

    /**
     * Names them.
     *
     * @param forms names of topics; an asterisk at the beginning or end stands for any text. The ledger's own topics, and
     *     Kafka's, are not among them, whatever fits
     * @throws IllegalArgumentException if one is neither a name nor such a form, or names a topic of the ledger
     */
    public static ReplyTopics of(List<String> forms) {
        for (String form : forms) {
            if (!FORM.matcher(form).matches()) {
                throw new IllegalArgumentException("'" + form
                        + "' cannot be a topic for replies: give a topic's name, or its beginning or end with '*' in"
                        + " place of the rest, such as billing-*");
            }
            if (!form.equals(LedgerTopics.REPLIES) && isReserved(form)) {
                throw new IllegalArgumentException(
                        "'" + form + "' cannot be a topic for replies: it belongs to the ledger, or to Kafka itself");
            }
        }
        return new ReplyTopics(forms);
    }

    /** Why replies do not go to a topic; null if they do. */
    @Nullable
    String refusal(String topic) {
        if (topic.equals(LedgerTopics.REPLIES)) {
            return null;
        }
        if (!NAME.matcher(topic).matches()) {
            return refusal(topic, "no topic can have that name");
        }
        if (isReserved(topic)) {
            return refusal(topic, "that topic belongs to the ledger, or to Kafka itself; name one of your own");
        }
        return forms.stream().anyMatch(form -> fits(form, topic))
                ? null
                : refusal(topic, "the operator has not allowed that topic (--reply-topics)");
    }

    /**
     * Where the operator named none.
     *
     * @param embedded whether the broker is the process's own, where no topic is another's
     */
    public static ReplyTopics usual(boolean embedded) {
        return embedded ? of(List.of(USUAL.split(","))) : OURS;
    }

    private static String refusal(String topic, String because) {
        String quoted = topic.length() <= QUOTED_CHARACTERS ? topic : topic.substring(0, QUOTED_CHARACTERS) + "...";
        return "The command was decided, but no reply is sent to " + CommandRecord.REPLY_TOPIC + " '" + quoted + "': "
                + because;
    }

    private static boolean isReserved(String topic) {
        return topic.startsWith(INTERNAL_PREFIX) || RESERVED_PREFIXES.stream().anyMatch(topic::startsWith);
    }

    private static boolean fits(String form, String topic) {
        if (form.endsWith("*")) {
            return topic.startsWith(form.substring(0, form.length() - 1));
        }
        return form.startsWith("*") ? topic.endsWith(form.substring(1)) : topic.equals(form);
    }
}
