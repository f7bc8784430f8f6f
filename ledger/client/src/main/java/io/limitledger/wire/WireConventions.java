package io.limitledger.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Terms;
import java.io.Serial;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How core types look outside, by convention instead of annotations, which the core must not know: a component
 * {@code xxxMillis} is written as {@code xxxSeconds}, a point in time as ISO 8601, and the numbers of a command must be
 * given unless they have an obvious default.
 */
final class WireConventions extends NopAnnotationIntrospector {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String MILLIS = "Millis";
    private static final Set<String> TIMES = Set.of("at", "since", "until");
    private static final Set<Class<?>> PARTS_OF_COMMANDS =
            Set.of(DefinitionJson.DefinitionForm.class, ClaimJson.AcquireForm.class);
    private static final Set<Class<?>> WORDS = Set.of(
            Queueing.Order.class,
            Queueing.WhenFull.class,
            CalendarPeriod.Unit.class,
            Terms.OnExpiry.class,
            Obstacle.Scope.class);
    private static final Set<String> OPTIONAL = Set.of("waitMillis", "occupancyMillis", "mustBeNew");

    @Override
    public @Nullable PropertyName findNameForSerialization(Annotated annotated) {
        return nameOutside(annotated);
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(Annotated annotated) {
        return nameOutside(annotated);
    }

    @Override
    public @Nullable Object findSerializer(Annotated annotated) {
        String name = componentName(annotated);
        if (isDuration(name)) {
            return SecondsJson.Writer.class;
        }
        return isTime(name) && isNumber(annotated) ? TimeJson.Writer.class : null;
    }

    @Override
    public @Nullable Object findDeserializer(Annotated annotated) {
        String name = componentName(annotated);
        if (isDuration(name)) {
            return annotated.getRawType().isPrimitive() ? SecondsJson.Reader.class : SecondsJson.OptionalReader.class;
        }
        return isTime(name) && isNumber(annotated) ? TimeJson.Reader.class : null;
    }

    /** What a user writes is written as in the HTTP API: {@code replaceOldest}. */
    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
        if (!WORDS.contains(type.getRawType())) {
            return names;
        }
        for (int i = 0; i < values.length; i++) {
            names[i] = Words.of(values[i]);
        }
        return names;
    }

    private static boolean isNumber(Annotated annotated) {
        return annotated.getRawType() == long.class || annotated.getRawType() == Long.class;
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return isRequired(member) ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return isRequired(annotated) ? JsonSetter.Value.forValueNulls(Nulls.FAIL) : JsonSetter.Value.empty();
    }

    private static boolean isRequired(Annotated annotated) {
        String name = componentName(annotated);
        if (name == null || OPTIONAL.contains(name)) {
            return false;
        }
        Class<?> owner = ((AnnotatedMember) annotated).getDeclaringClass();
        boolean isAsked = LimitCommand.class.isAssignableFrom(owner) || PARTS_OF_COMMANDS.contains(owner);
        return isAsked && annotated.getRawType().isPrimitive();
    }

    private static @Nullable PropertyName nameOutside(Annotated annotated) {
        String name = componentName(annotated);
        if (name == null || !isDuration(name)) {
            return null;
        }
        return PropertyName.construct(name.substring(0, name.length() - MILLIS.length()) + "Seconds");
    }

    private static boolean isDuration(@Nullable String name) {
        return name != null && name.endsWith(MILLIS);
    }

    private static boolean isTime(@Nullable String name) {
        return name != null && (name.endsWith("At") || TIMES.contains(name));
    }

    /** The name of the record component behind a field, accessor or constructor parameter; null if there is none. */
    private static @Nullable String componentName(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member)
                || !member.getDeclaringClass().isRecord()) {
            return null;
        }
        if (annotated instanceof AnnotatedParameter parameter) {
            return member.getDeclaringClass()
                    .getRecordComponents()[parameter.getIndex()]
                    .getName();
        }
        return annotated.getName();
    }
}
