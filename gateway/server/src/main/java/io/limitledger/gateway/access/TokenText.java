package io.limitledger.gateway.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The text of a token, which is a secret: {@code ll_}, 256 random bits as 43 characters of base 62, and the CRC-32 of what comes
 * before it as 6 more. The check sum tells a token from a text that only looks like one: secret scanners find tokens without false alarms, and a
 * token that was not copied whole is recognized without a look-up.
 */
public final class TokenText {
    /** What secret scanners search for. */
    public static final String REGULAR_EXPRESSION = "ll_[0-9A-Za-z]{49}";

    /** All its characters. */
    public static final int CHARACTERS = 52;

    private static final String PREFIX = "ll_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int RANDOM_BITS = 256;
    private static final int RANDOM_CHARACTERS = 43;
    private static final int SUM_CHARACTERS = 6;
    private static final int SUM_AT = CHARACTERS - SUM_CHARACTERS;

    private final String text;

    private TokenText(String text) {
        this.text = text;
    }

    public static TokenText random(SecureRandom random) {
        String start = PREFIX + inBase62(new BigInteger(RANDOM_BITS, random), RANDOM_CHARACTERS);
        return new TokenText(start + sumOf(start));
    }

    /** Whether a text says that it is a token; it may still not be one. */
    public static boolean looksLikeOne(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException if it is not one; the message says what is wrong and does not repeat it
     */
    public static TokenText parse(String text) {
        if (!looksLikeOne(text)) {
            throw new IllegalArgumentException("a token begins with " + PREFIX);
        }
        if (text.length() != CHARACTERS) {
            throw new IllegalArgumentException("a token has " + CHARACTERS + " characters, but this one has "
                    + text.length() + "; copy it again, the whole of it");
        }
        if (!text.chars().skip(PREFIX.length()).allMatch(one -> DIGITS.indexOf(one) >= 0)) {
            throw new IllegalArgumentException("a token has only letters from A to Z and digits behind " + PREFIX
                    + ", but this one has others; copy it again");
        }
        if (!text.substring(SUM_AT).equals(sumOf(text.substring(0, SUM_AT)))) {
            throw new IllegalArgumentException("the check sum of this token, its last " + SUM_CHARACTERS
                    + " characters, does not fit the rest; a character was changed on the way: copy it again");
        }
        return new TokenText(text);
    }

    private static String sumOf(String start) {
        CRC32 sum = new CRC32();
        sum.update(start.getBytes(StandardCharsets.US_ASCII));
        return inBase62(BigInteger.valueOf(sum.getValue()), SUM_CHARACTERS);
    }

    private static String inBase62(BigInteger number, int characters) {
        char[] text = new char[characters];
        BigInteger rest = number;
        for (int at = characters - 1; at >= 0; at--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text[at] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }

    public TokenHash hash() {
        return TokenHash.of(text);
    }

    /** The secret itself, for the one time that it is shown. */
    public String secret() {
        return text;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
