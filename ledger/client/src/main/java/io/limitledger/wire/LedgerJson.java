package io.limitledger.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Removals;
import java.util.List;

/** The mappers between core types and JSON. Strict: what is unknown, of another type or there twice is refused. */
public final class LedgerJson {
    /** Commands, events and replies: for everybody. */
    public static final ObjectMapper PUBLIC = publicMapper();

    /** State records: ours alone, so times stay numbers and nobody writes a field twice; both are read faster. */
    static final ObjectMapper INTERNAL = internalMapper();

    private LedgerJson() {}

    private static ObjectMapper publicMapper() {
        JsonMapper mapper = typed(strict().addMixIn(Bucket.class, WithoutZeros.class), LimitCommand.class, Reply.class);
        mapper.setAnnotationIntrospector(AnnotationIntrospector.pair(
                new WireConventions(), mapper.getSerializationConfig().getAnnotationIntrospector()));
        return mapper;
    }

    private static JsonMapper internalMapper() {
        return typed(strict().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION), LeaseRecord.class);
    }

    /** With objects that say of which of the permitted types they are. */
    private static JsonMapper typed(JsonMapper.Builder builder, Class<?>... sealed) {
        for (Class<?> type : sealed) {
            builder.addMixIn(type, Typed.class);
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                builder.registerSubtypes(new NamedType(permitted, permitted.getSimpleName()));
            }
        }
        return builder.build();
    }

    private static JsonMapper.Builder strict() {
        SimpleModule module = DefinitionJson.addTo(LimitJson.addTo(ClaimJson.addTo(new SimpleModule("limit-ledger"))))
                .addSerializer(Holder.class, new HolderJson.Writer())
                .addDeserializer(Holder.class, new HolderJson.Reader())
                .addSerializer(LimitEvent.class, new LimitEventJson.Writer())
                .addDeserializer(LimitEvent.class, new LimitEventJson.Reader());
        return JsonMapper.builder()
                .addModule(module)
                .addHandler(new LimitJson.HeadReader())
                .addMixIn(LeaseClock.class, SeldomStepped.class)
                .addMixIn(Removals.class, SeldomMoved.class)
                .addMixIn(Asker.class, SometimesOlder.class)
                // Not NON_EMPTY: an empty text and the UUID of zeros are values, and must come back as they were.
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .withConfigOverride(
                        List.class,
                        list -> list.setInclude(JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL))
                                .setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private interface WithoutZeros {}

    /** Most limits have never come from another partition. */
    interface SeldomMoved {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long fence();
    }

    /** Some clients do not say which replies they can read. */
    interface SometimesOlder {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        int rules();
    }

    /** Most clocks never step back. */
    interface SeldomStepped {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long aheadMillis();

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long reachedAt();
    }
}
