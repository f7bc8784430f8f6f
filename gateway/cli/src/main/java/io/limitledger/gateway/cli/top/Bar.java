package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.LimitWords;
import java.math.BigDecimal;

/** How much of a limit is in use: of its slots, or of the quota of which most is taken. */
record Bar(double part, String text) {
    private static final int WIDTH = 20;

    static Bar of(JsonObject limit) {
        BigDecimal slots = limit.number("limit");
        if (slots != null) {
            double occupied = limit.numberOrZero("occupied").doubleValue();
            double part = slots.signum() == 0 ? (occupied > 0 ? 1 : 0) : occupied / slots.doubleValue();
            return new Bar(part, LimitWords.number(limit.number("occupied")) + "/" + LimitWords.number(slots));
        }
        Bar most = new Bar(0, LimitWords.number(limit.number("occupied")));
        for (JsonObject quota : limit.objects("quotas")) {
            double part = quota.numberOrZero("taken").doubleValue()
                    / Math.max(1, quota.numberOrZero("slots").doubleValue());
            if (part >= most.part) {
                most = new Bar(part, quota.count("taken") + "/" + quota.count("slots"));
            }
        }
        return most;
    }

    static double part(JsonObject limit) {
        return of(limit).part;
    }

    /** Such as {@code [||||||    ]}. */
    String drawn() {
        int full = (int) Math.round(Math.min(1, part) * WIDTH);
        return "[" + "|".repeat(full) + " ".repeat(WIDTH - full) + "]";
    }
}
