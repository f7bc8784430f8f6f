package io.limitledger.gateway.access;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and rights in YAML, for those who keep them in a repository:
 *
 * <pre>{@code
 * rights:
 *   group:platform: ["admin:*"]
 *   anyone: ["read:*"]
 * tokens:
 *   ci-deploy:
 *     sha256: 5f7a...               # printed by: limits token hash
 *     allow: ["hold:deploy-*"]
 *     expires: 2027-01-01T00:00:00Z # may be left out
 * }</pre>
 *
 * <p>A token that is being rotated has a list of two hashes, the newest first. Mistakes are reported all at once, each with its line
 * and column.
 */
public final class AccessFile {
    private static final String RIGHTS = "rights";
    private static final String TOKENS = "tokens";
    private static final String SHA256 = "sha256";
    private static final String ALLOW = "allow";
    private static final String EXPIRES = "expires";

    /** Enough to see what is wrong. */
    private static final int MOST_MISTAKES = 20;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final JsonParser parser;
    private final Instant at;
    private final List<String> mistakes = new ArrayList<>();
    private final List<AccessToken> tokens = new ArrayList<>();
    private final List<Grant> grants = new ArrayList<>();

    private AccessFile(String name, JsonParser parser, Instant at) {
        this.name = name;
        this.parser = parser;
        this.at = at;
    }

    /**
     * Reads a file's text.
     *
     * @param name of the file, for the message
     * @param at when it was changed: what it has is taken to be of that time
     * @throws IllegalArgumentException if it has mistakes; the message has a line for each
     */
    public static FixedAccess parse(String name, String text, Instant at) {
        try (JsonParser parser = YAML.createParser(text)) {
            AccessFile file = new AccessFile(name, parser, at);
            file.read();
            file.check();
            return FixedAccess.of(file.tokens, file.grants);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    place(name, e.getLocation()) + "not valid YAML: " + firstLine(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    private void check() {
        if (!mistakes.isEmpty()) {
            int others = mistakes.size() - MOST_MISTAKES;
            throw new IllegalArgumentException(
                    String.join("\n", mistakes.stream().limit(MOST_MISTAKES).toList())
                            + (others > 0 ? "\nand " + others + " more" : ""));
        }
    }

    private void read() throws IOException {
        if (parser.nextToken() == null) {
            return;
        }
        fields("the file", (field, place) -> {
            switch (field) {
                case RIGHTS -> fields("'rights'", this::readGrant);
                case TOKENS -> fields("'tokens'", this::readToken);
                default -> unknown(field, place, RIGHTS + " and " + TOKENS);
            }
        });
        checkHashes();
        if (parser.nextToken() != null) {
            mistake(parser.currentTokenLocation(), "a second document follows; one file has one");
        }
    }

    /** Reads what is behind the name of a field. */
    @FunctionalInterface
    private interface FieldReader {
        void read(String field, JsonLocation place) throws IOException;
    }

    /** Reads a mapping; the parser is at its start, and then at its end. */
    private void fields(String what, FieldReader reader) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL || isEmptyText()) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            mistake(parser.currentTokenLocation(), what + " must be a mapping: names, each with a colon behind it");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonLocation place = parser.currentTokenLocation();
            parser.nextToken();
            reader.read(field, place);
        }
    }

    /** As the parser reads a name with nothing behind its colon. */
    private boolean isEmptyText() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                && parser.getText().isEmpty();
    }

    private void readGrant(String subject, JsonLocation place) throws IOException {
        List<Allowed> allow = allow("the rights of '" + subject + "'");
        keep(place, () -> grants.add(new Grant(subject, allow, at, null)));
    }

    private void readToken(String token, JsonLocation place) throws IOException {
        TokenFields fields = new TokenFields();
        fields("the token '" + token + "'", (field, where) -> {
            switch (field) {
                case SHA256 -> {
                    fields.hasHashes = true;
                    fields.hashes.addAll(hashes());
                }
                case ALLOW -> fields.allow = allow("'allow'");
                case EXPIRES -> fields.expires = time();
                default -> unknown(field, where, SHA256 + ", " + ALLOW + " and " + EXPIRES);
            }
        });
        if (!fields.hasHashes) {
            mistake(place, "the token '" + token + "' needs sha256: what 'limits token hash' prints for its text");
        } else if (!fields.hashes.isEmpty()) {
            keep(place, () -> tokens.add(fields.token(token, at)));
        }
    }

    /** What a token has, until all of it is read. */
    private static final class TokenFields {
        private final List<TokenHash> hashes = new ArrayList<>();
        private boolean hasHashes;
        private List<Allowed> allow = List.of();
        private @Nullable Instant expires;

        AccessToken token(String name, Instant at) {
            List<AccessToken.Secret> secrets = hashes.stream()
                    .map(hash -> new AccessToken.Secret(hash, at, expires))
                    .toList();
            return new AccessToken(name, allow, at, null, secrets, null);
        }
    }

    private List<TokenHash> hashes() throws IOException {
        List<TokenHash> hashes = new ArrayList<>();
        texts("'sha256'", text -> hashes.add(new TokenHash(text)));
        return hashes;
    }

    private List<Allowed> allow(String what) throws IOException {
        List<Allowed> allow = new ArrayList<>();
        texts(what, text -> allow.add(Allowed.parse(text)));
        return allow;
    }

    private @Nullable Instant time() throws IOException {
        List<Instant> times = new ArrayList<>();
        texts("'expires'", text -> {
            try {
                times.add(Instant.parse(text));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "'expires' must be a time such as 2027-01-01T00:00:00Z, but is '" + text + "'", e);
            }
        });
        return times.isEmpty() ? null : times.get(0);
    }

    /** Takes one text of a file. */
    @FunctionalInterface
    private interface TextReader {
        void read(String text);
    }

    /** Reads one text, or a list of them. */
    private void texts(String what, TextReader reader) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                text(what, reader);
            }
        } else {
            text(what, reader);
        }
    }

    private void text(String what, TextReader reader) throws IOException {
        JsonLocation place = parser.currentTokenLocation();
        if (parser.currentToken().isStructStart() || parser.currentToken() == JsonToken.VALUE_NULL) {
            mistake(place, what + " must be a text, or a list of texts");
            parser.skipChildren();
            return;
        }
        String text = parser.getText();
        keep(place, () -> reader.read(text));
    }

    private void keep(JsonLocation place, Runnable keeping) {
        try {
            keeping.run();
        } catch (IllegalArgumentException e) {
            mistake(place, String.valueOf(e.getMessage()));
        }
    }

    /** One text cannot be two tokens: who asks would be decided by chance. */
    private void checkHashes() {
        Map<TokenHash, String> names = new LinkedHashMap<>();
        tokens.stream()
                .sorted(Comparator.comparing(AccessToken::name))
                .forEach(token -> token.secrets().forEach(secret -> {
                    String other = names.putIfAbsent(secret.hash(), token.name());
                    if (other != null) {
                        mistakes.add(
                                name + ": the tokens '" + other + "' and '" + token.name() + "' have the same sha256");
                    }
                }));
    }

    private void unknown(String field, JsonLocation place, String known) throws IOException {
        mistake(place, "'" + field + "' is not known here; there are " + known);
        parser.skipChildren();
    }

    private void mistake(JsonLocation place, String what) {
        mistakes.add(place(name, place) + what);
    }

    private static String place(String name, @Nullable JsonLocation place) {
        return place == null
                ? name + ": "
                : name + ", line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    }
}
