package io.limitledger.wire;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Terms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the commands of which most logs consist, in the form in which they are usually written: JSON without white space, all
 * text in ASCII without escapes, each field once. Everything else, and everything that is wrong, is left to the mapper, which
 * says what a command is; what this class reads, the mapper would read as the same.
 */
final class UsualCommandReader {
    /** More could exceed a long. */
    private static final int MOST_DIGITS = 18;

    /** More is beyond all durations that can be counted. */
    private static final int MOST_DIGITS_OF_SECONDS = 12;

    private static final int DECIMALS = 3;
    private static final int UUID_CHARACTERS = 36;

    private final byte[] json;
    private int at;
    private boolean isUsual = true;

    private @Nullable String limit;
    private @Nullable UUID leaseId;
    private @Nullable Holder holder;
    private long slots = -1;
    private long leaseMillis = -1;
    private long waitMillis = -1;
    private long takeUpMillis = -1;
    private @Nullable String key;
    private long priority = -1;
    private @Nullable String owner;

    private UsualCommandReader(byte[] json) {
        this.json = json;
    }

    /** The command; null if it is not of the usual form. */
    static @Nullable LimitCommand read(byte[] json) {
        return new UsualCommandReader(json).read();
    }

    private @Nullable LimitCommand read() {
        expect('{');
        String type = "type".equals(name()) ? text() : "";
        while (isUsual && at < json.length && json[at] == ',') {
            at++;
            field(name());
        }
        expect('}');
        return isUsual && at == json.length ? command(type) : null;
    }

    private @Nullable LimitCommand command(String type) {
        return switch (type) {
            case "AcquireLease" -> owner == null ? acquire() : null;
            case "ReleaseLease" ->
                leaseId != null && holder == null && hasNumbers(false, false, false) && !hasTerms()
                        ? new ReleaseLease(limit, leaseId, null, owner)
                        : null;
            case "RenewLease" ->
                leaseId != null && hasNumbers(false, true, false) && !hasTerms()
                        ? new RenewLease(limit, leaseId, leaseMillis, holder, owner)
                        : null;
            case "Tick" ->
                limit != null
                                && leaseId == null
                                && holder == null
                                && hasNumbers(false, false, false)
                                && !hasTerms()
                                && owner == null
                        ? new Tick(limit)
                        : null;
            default -> null;
        };
    }

    private @Nullable LimitCommand acquire() {
        if (limit == null || leaseId == null || slots < 0 || leaseMillis < 0) {
            return null;
        }
        Terms terms = hasTerms() ? new Terms(key, Math.max(0, priority), null, Terms.OnExpiry.CHARGE) : null;
        Claim claim = new Claim(leaseId, limit, slots, leaseMillis, holder, List.of(), terms);
        return new AcquireLease(claim, Math.max(0, waitMillis), takeUpMillis < 0 ? null : Long.valueOf(takeUpMillis));
    }

    private boolean hasTerms() {
        return key != null || priority >= 0;
    }

    private boolean hasNumbers(boolean ofSlots, boolean ofLease, boolean ofWait) {
        return slots >= 0 == ofSlots && leaseMillis >= 0 == ofLease && waitMillis >= 0 == ofWait && takeUpMillis < 0;
    }

    private void field(String name) {
        switch (name) {
            case "limit" -> {
                once(limit == null);
                limit = text();
            }
            case "leaseId" -> {
                once(leaseId == null);
                leaseId = id(text());
            }
            case "holder" -> {
                once(holder == null);
                holder = new Holder('"' + text() + '"');
            }
            case "slots" -> {
                once(slots < 0);
                slots = digits(MOST_DIGITS);
            }
            case "leaseSeconds" -> {
                once(leaseMillis < 0);
                leaseMillis = millis();
            }
            case "waitSeconds" -> {
                once(waitMillis < 0);
                waitMillis = millis();
            }
            case "takeUpSeconds" -> {
                once(takeUpMillis < 0);
                takeUpMillis = millis();
            }
            case "key" -> {
                once(key == null);
                key = text();
            }
            case "owner" -> {
                once(owner == null);
                owner = text();
            }
            case "priority" -> {
                once(priority < 0);
                priority = digits(MOST_DIGITS);
            }
            default -> isUsual = false;
        }
    }

    private void once(boolean isFirst) {
        isUsual &= isFirst;
    }

    private String name() {
        String name = text();
        expect(':');
        return name;
    }

    private void expect(char character) {
        isUsual = isUsual && at < json.length && json[at] == character;
        at++;
    }

    private String text() {
        expect('"');
        int start = at;
        while (at < json.length && isPlain(json[at])) {
            at++;
        }
        int end = at;
        expect('"');
        return isUsual ? new String(json, start, end - start, StandardCharsets.ISO_8859_1) : "";
    }

    static boolean isPlain(int character) {
        return character >= ' ' && character < 0x7F && character != '"' && character != '\\';
    }

    private long digits(int most) {
        int start = at;
        long number = 0;
        while (at < json.length && json[at] >= '0' && json[at] <= '9' && at - start < most) {
            number = 10 * number + json[at++] - '0';
        }
        isUsual &= at > start && (at == start + 1 || json[start] != '0');
        return number;
    }

    private long millis() {
        long millis = 1_000 * digits(MOST_DIGITS_OF_SECONDS);
        if (isUsual && at < json.length && json[at] == '.') {
            millis += thousandths();
        }
        return millis;
    }

    private long thousandths() {
        at++;
        long number = 0;
        int start = at;
        for (int unit = 100; unit > 0 && at < json.length && json[at] >= '0' && json[at] <= '9'; unit /= 10) {
            number += (long) unit * (json[at++] - '0');
        }
        isUsual &= at > start && at - start <= DECIMALS;
        return number;
    }

    /** Other forms of it are for the mapper to judge. */
    private @Nullable UUID id(String text) {
        if (text.length() == UUID_CHARACTERS
                && text.charAt(8) == '-'
                && text.charAt(13) == '-'
                && text.charAt(18) == '-'
                && text.charAt(23) == '-') {
            long most = hex(text, 0, 8, 0);
            most = hex(text, 9, 13, most);
            most = hex(text, 14, 18, most);
            long least = hex(text, 19, 23, 0);
            return new UUID(most, hex(text, 24, UUID_CHARACTERS, least));
        }
        isUsual = false;
        return null;
    }

    private long hex(String text, int from, int to, long before) {
        long bits = before;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            isUsual &= digit >= 0;
            bits = (bits << 4) | digit;
        }
        return bits;
    }
}
