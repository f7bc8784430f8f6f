package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import java.io.Serial;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON as Python's own reader does, because what that takes and how it complains is what clients know: NaN and
 * Infinity are numbers, whole numbers have any size, of a key that comes twice the last value counts, and a mistake is
 * reported with the number of its character.
 */
final class PythonJson {
    /** Deeper than any sensible body; beyond it Python gives up as well. */
    private static final int MAX_DEPTH = 200;

    /** Python's own bound for the digits of a whole number. */
    private static final int MAX_DIGITS = 4_300;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("(-?(?:0|[1-9][0-9]*))((?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)");
    private static final Pattern SOME_DIGIT = Pattern.compile("[^eE]*[1-9]");
    private static final Map<String, JsonNode> WORDS = Map.of(
            "null", NODES.nullNode(),
            "true", NODES.booleanNode(true),
            "false", NODES.booleanNode(false),
            "NaN", NODES.numberNode(Double.NaN),
            "Infinity", NODES.numberNode(Double.POSITIVE_INFINITY),
            "-Infinity", NODES.numberNode(Double.NEGATIVE_INFINITY));

    /** Text that is not JSON. */
    static final class SyntaxException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        private final int position;

        private SyntaxException(String message, int position) {
            super(message);
            this.position = position;
        }

        String reason() {
            return String.valueOf(getMessage());
        }

        /** Number of the character at which it is wrong. */
        int position() {
            return position;
        }
    }

    private final String text;
    private int at;
    private int depth;

    private PythonJson(String text) {
        this.text = text;
    }

    static JsonNode read(String text) {
        PythonJson reader = new PythonJson(text);
        reader.skipBlanks();
        JsonNode value = reader.value();
        reader.skipBlanks();
        if (reader.at < text.length()) {
            throw reader.mistake("Extra data", reader.at);
        }
        return value;
    }

    private JsonNode value() {
        return switch (peek()) {
            case '"' -> NODES.textNode(string());
            case '{' -> object();
            case '[' -> array();
            default -> scalar();
        };
    }

    private JsonNode scalar() {
        for (Map.Entry<String, JsonNode> word : WORDS.entrySet()) {
            if (text.startsWith(word.getKey(), at)) {
                at += word.getKey().length();
                return word.getValue();
            }
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw mistake("Expecting value", at);
        }
        at = number.end();
        return number.group(2).isEmpty() ? whole(number.group(1)) : NODES.numberNode(fraction(number.group()));
    }

    /** Never rounded to zero, which would mean something else. */
    private static double fraction(String text) {
        double number = Double.parseDouble(text);
        boolean isNothing = number == 0 && SOME_DIGIT.matcher(text).lookingAt();
        return isNothing ? Math.copySign(Double.MIN_VALUE, number) : number;
    }

    private static JsonNode whole(String digits) {
        if (digits.length() > MAX_DIGITS) {
            throw new AnswerException(Errors.unreadableBody());
        }
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Long.SIZE ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }

    private JsonNode object() {
        enter();
        ObjectNode object = NODES.objectNode();
        skipBlanks();
        while (peek() != '}') {
            if (peek() != '"') {
                throw mistake("Expecting property name enclosed in double quotes", at);
            }
            String key = string();
            skipBlanks();
            expect(':');
            object.set(key, value());
            skipBlanks();
            if (peek() != '}') {
                expect(',');
                if (peek() == '}') {
                    throw mistake("Expecting property name enclosed in double quotes", at);
                }
            }
        }
        leave();
        return object;
    }

    private JsonNode array() {
        enter();
        ArrayNode array = NODES.arrayNode();
        skipBlanks();
        while (peek() != ']') {
            array.add(value());
            skipBlanks();
            if (peek() != ']') {
                expect(',');
                if (peek() == ']') {
                    throw mistake("Expecting value", at);
                }
            }
        }
        leave();
        return array;
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new AnswerException(Errors.unreadableBody());
        }
    }

    private void leave() {
        at++;
        depth--;
    }

    private void expect(char delimiter) {
        if (peek() != delimiter) {
            throw mistake("Expecting '" + delimiter + "' delimiter", at);
        }
        at++;
        skipBlanks();
    }

    private String string() {
        int start = at++;
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            if (at >= text.length()) {
                throw mistake("Unterminated string starting at", start);
            }
            char next = text.charAt(at);
            if (next < ' ') {
                throw mistake("Invalid control character at", at);
            }
            string.append(next == '\\' ? escaped(start) : next);
            at++;
        }
        at++;
        return string.toString();
    }

    private char escaped(int start) {
        at++;
        if (at >= text.length()) {
            throw mistake("Unterminated string starting at", start);
        }
        char letter = text.charAt(at);
        if (letter == 'u') {
            return hex();
        }
        int known = "\"\\/bfnrt".indexOf(letter);
        if (known < 0) {
            throw mistake("Invalid \\escape", at - 1);
        }
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private char hex() {
        int end = at + 5;
        if (end > text.length() || !text.substring(at + 1, end).matches("[0-9a-fA-F]{4}")) {
            throw mistake("Invalid \\uXXXX escape", at);
        }
        char character = (char) Integer.parseInt(text.substring(at + 1, end), 16);
        at = end - 1;
        return character;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; at the end a zero character. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private SyntaxException mistake(String message, int index) {
        return new SyntaxException(message, text.codePointCount(0, index));
    }
}
