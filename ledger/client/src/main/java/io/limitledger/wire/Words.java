package io.limitledger.wire;

import io.limitledger.core.reply.Denied;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Constants as users write them, over HTTP as on Kafka: {@code replaceOldest}. */
public final class Words {
    private Words() {}

    public static String of(Enum<?> constant) {
        String[] parts = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder word = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            word.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i], 1, parts[i].length());
        }
        return word.toString();
    }

    /** Why slots are not granted. */
    public static String of(Denied.Reason reason) {
        return reason == Denied.Reason.FULL ? "limit" : of((Enum<?>) reason);
    }

    /** The constant of a word; null if none has it. */
    public static <E extends Enum<E>> @Nullable E read(String word, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        return null;
    }
}
