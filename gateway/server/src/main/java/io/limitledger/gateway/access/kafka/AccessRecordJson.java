package io.limitledger.gateway.access.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.gateway.access.AccessRecord;
import io.limitledger.gateway.access.AccessRecord.GrantRemoved;
import io.limitledger.gateway.access.AccessRecord.GrantStored;
import io.limitledger.gateway.access.AccessRecord.TokenRemoved;
import io.limitledger.gateway.access.AccessRecord.TokenStored;
import io.limitledger.gateway.access.AccessRecord.TokenUsed;
import io.limitledger.gateway.access.AccessToken;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Grant;
import io.limitledger.gateway.access.TokenHash;
import io.limitledger.wire.UnreadableRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of the topic {@code limits.access}: key {@code token/NAME}, {@code rights/SUBJECT} or {@code used/NAME}, and as value a JSON
 * object, or none if there is no such thing any more. Fields that are not known are ignored: a newer version may have written them.
 */
final class AccessRecordJson {
    private static final String TOKEN = "token/";
    private static final String RIGHTS = "rights/";
    private static final String USED = "used/";

    private static final String ALLOW = "allow";
    private static final String CREATED_AT = "createdAt";
    private static final String CREATED_BY = "createdBy";
    private static final String SECRETS = "secrets";
    private static final String SHA256 = "sha256";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String REVOKED_AT = "revokedAt";
    private static final String SET_AT = "setAt";
    private static final String SET_BY = "setBy";
    private static final String LAST_USED_AT = "lastUsedAt";

    private static final int MAX_DEPTH = 10;

    private static final ObjectMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private AccessRecordJson() {}

    static byte[] key(AccessRecord record) {
        String key = key(record, TOKEN);
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static String key(AccessRecord record, String token) {
        if (record instanceof TokenStored stored) {
            return token + stored.token().name();
        } else if (record instanceof TokenRemoved removed) {
            return token + removed.name();
        } else if (record instanceof TokenUsed used) {
            return USED + used.name();
        } else if (record instanceof GrantStored stored) {
            return RIGHTS + stored.grant().subject();
        } else {
            return RIGHTS + ((GrantRemoved) record).subject();
        }
    }

    static byte @Nullable [] value(AccessRecord record) {
        if (record instanceof TokenStored stored) {
            return bytes(json(stored.token()));
        } else if (record instanceof TokenUsed used) {
            return bytes(MAPPER.createObjectNode().put(LAST_USED_AT, used.at().toString()));
        } else if (record instanceof GrantStored stored) {
            return bytes(json(stored.grant()));
        }
        return null;
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode json(AccessToken token) {
        ObjectNode json = MAPPER.createObjectNode();
        json.set(ALLOW, json(token.allow()));
        json.put(CREATED_AT, token.createdAt().toString());
        put(json, CREATED_BY, token.createdBy());
        ArrayNode secrets = json.putArray(SECRETS);
        token.secrets().forEach(secret -> {
            ObjectNode one = secrets.addObject();
            one.put(SHA256, secret.hash().sha256());
            one.put(CREATED_AT, secret.createdAt().toString());
            put(one, EXPIRES_AT, secret.expiresAt());
        });
        put(json, REVOKED_AT, token.revokedAt());
        return json;
    }

    private static ObjectNode json(Grant grant) {
        ObjectNode json = MAPPER.createObjectNode();
        json.set(ALLOW, json(grant.allow()));
        json.put(SET_AT, grant.setAt().toString());
        put(json, SET_BY, grant.setBy());
        return json;
    }

    private static ArrayNode json(List<Allowed> allow) {
        ArrayNode json = MAPPER.createArrayNode();
        allow.forEach(one -> json.add(one.toString()));
        return json;
    }

    private static void put(ObjectNode json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value.toString());
        }
    }

    /** Empty for a kind of record that a newer version may know. */
    static Optional<AccessRecord> read(byte @Nullable [] key, byte @Nullable [] value)
            throws UnreadableRecordException {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        try {
            if (text.startsWith(TOKEN)) {
                String name = text.substring(TOKEN.length());
                return Optional.of(
                        value == null ? new TokenRemoved(name) : new TokenStored(token(name, object(value))));
            }
            if (text.startsWith(RIGHTS)) {
                String subject = text.substring(RIGHTS.length());
                return Optional.of(
                        value == null ? new GrantRemoved(subject) : new GrantStored(grant(subject, object(value))));
            }
            if (text.startsWith(USED) && value != null) {
                return Optional.of(new TokenUsed(text.substring(USED.length()), time(object(value), LAST_USED_AT)));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("its key is '" + text + "', and " + e.getMessage());
        }
    }

    private static JsonNode object(byte[] value) {
        JsonNode json;
        try {
            json = MAPPER.readTree(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("its value is not JSON", e);
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("its value is not a JSON object");
        }
        return json;
    }

    private static AccessToken token(String name, JsonNode json) {
        List<AccessToken.Secret> secrets = new ArrayList<>();
        json.path(SECRETS)
                .forEach(one -> secrets.add(new AccessToken.Secret(
                        new TokenHash(text(one, SHA256)), time(one, CREATED_AT), optionalTime(one, EXPIRES_AT))));
        return new AccessToken(
                name,
                allow(json),
                time(json, CREATED_AT),
                optionalText(json, CREATED_BY),
                secrets,
                optionalTime(json, REVOKED_AT));
    }

    private static Grant grant(String subject, JsonNode json) {
        return new Grant(subject, allow(json), time(json, SET_AT), optionalText(json, SET_BY));
    }

    private static List<Allowed> allow(JsonNode json) {
        List<Allowed> allow = new ArrayList<>();
        json.path(ALLOW).forEach(one -> allow.add(Allowed.parse(one.asText())));
        return allow;
    }

    private static String text(JsonNode json, String field) {
        String text = optionalText(json, field);
        if (text == null) {
            throw new IllegalArgumentException("its field '" + field + "' has no text");
        }
        return text;
    }

    private static @Nullable String optionalText(JsonNode json, String field) {
        JsonNode node = json.path(field);
        return node.isTextual() ? node.textValue() : null;
    }

    private static Instant time(JsonNode json, String field) {
        Instant time = optionalTime(json, field);
        if (time == null) {
            throw new IllegalArgumentException("its field '" + field + "' has no time");
        }
        return time;
    }

    /** One that cannot be read must not pass for one that is absent: a token would be valid without end. */
    private static @Nullable Instant optionalTime(JsonNode json, String field) {
        if (json.path(field).isMissingNode()) {
            return null;
        }
        try {
            return Instant.parse(text(json, field));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its field '" + field + "' is not a time", e);
        }
    }
}
