package io.limitledger.wire;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has a claim, in JSON: one flat object, in which the fields of the claim are among the others. The records here are
 * these objects, field by field, in their order.
 */
final class ClaimJson {
    private ClaimJson() {}

    static SimpleModule addTo(SimpleModule module) {
        add(module, AcquireLease.class, AcquireForm.class, AcquireForm::of, AcquireForm::acquire);
        add(module, Waiter.class, WaiterForm.class, WaiterForm::of, WaiterForm::waiter);
        add(module, Lease.class, LeaseForm.class, LeaseForm::of, LeaseForm::lease);
        return module;
    }

    private static <T, F> void add(
            SimpleModule module, Class<T> type, Class<F> form, Function<T, F> write, Function<F, T> read) {
        module.addSerializer(new StdDelegatingSerializer(type, new Conversion<>(type, form, write)));
        module.addDeserializer(type, new Reader<>(new Conversion<>(form, type, read)));
    }

    @JsonTypeName("AcquireLease")
    record AcquireForm(
            String limit,
            UUID leaseId,
            long slots,
            long leaseMillis,
            long waitMillis,
            @Nullable Long takeUpMillis,
            @Nullable Holder holder,
            List<String> siblings) {
        static AcquireForm of(AcquireLease acquire) {
            Claim claim = acquire.claim();
            return new AcquireForm(
                    claim.limit(),
                    claim.leaseId(),
                    claim.slots(),
                    claim.leaseMillis(),
                    acquire.waitMillis(),
                    acquire.takeUpMillis(),
                    claim.holder(),
                    claim.siblings());
        }

        AcquireLease acquire() {
            Claim claim = new Claim(leaseId, limit, slots, leaseMillis, holder, siblings);
            return new AcquireLease(claim, waitMillis, takeUpMillis);
        }
    }

    @JsonTypeName("Waiter")
    record WaiterForm(
            UUID leaseId,
            String limit,
            long slots,
            long leaseMillis,
            @Nullable Long takeUpMillis,
            long place,
            long since,
            long until,
            @Nullable Long startsAt,
            @Nullable Holder holder,
            List<String> siblings,
            @Nullable Asker asker) {
        static WaiterForm of(Waiter waiter) {
            Claim claim = waiter.claim();
            return new WaiterForm(
                    claim.leaseId(),
                    claim.limit(),
                    claim.slots(),
                    claim.leaseMillis(),
                    waiter.takeUpMillis(),
                    waiter.place(),
                    waiter.since(),
                    waiter.until(),
                    waiter.startsAt(),
                    claim.holder(),
                    claim.siblings(),
                    waiter.asker());
        }

        Waiter waiter() {
            Claim claim = new Claim(leaseId, limit, slots, leaseMillis, holder, siblings);
            return new Waiter(claim, takeUpMillis, place, since, until, startsAt, asker);
        }
    }

    @JsonTypeName("Lease")
    record LeaseForm(
            UUID leaseId,
            String limit,
            long slots,
            long takenMicros,
            long drainMark,
            long acquiredAt,
            long startsAt,
            long expiresAt,
            long leaseMillis,
            @Nullable Holder holder,
            List<String> siblings,
            @Nullable Asker handedTo) {
        static LeaseForm of(Lease lease) {
            Claim claim = lease.claim();
            return new LeaseForm(
                    claim.leaseId(),
                    claim.limit(),
                    claim.slots(),
                    lease.takenMicros(),
                    lease.drainMark(),
                    lease.acquiredAt(),
                    lease.startsAt(),
                    lease.expiresAt(),
                    claim.leaseMillis(),
                    claim.holder(),
                    claim.siblings(),
                    lease.handedTo());
        }

        Lease lease() {
            Claim claim = new Claim(leaseId, limit, slots, leaseMillis, holder, siblings);
            return new Lease(claim, takenMicros, drainMark, acquiredAt, startsAt, expiresAt, handedTo);
        }
    }

    private record Conversion<A, B>(Class<A> from, Class<B> to, Function<A, B> function) implements Converter<A, B> {
        @Override
        public B convert(A value) {
            return function.apply(value);
        }

        @Override
        public JavaType getInputType(TypeFactory types) {
            return types.constructType(from);
        }

        @Override
        public JavaType getOutputType(TypeFactory types) {
            return types.constructType(to);
        }
    }

    /** Reads the form; where the object says which type it is of, that is read first. */
    private static final class Reader<T> extends StdDelegatingDeserializer<T> {
        @Serial
        private static final long serialVersionUID = 1;

        Reader(Converter<?, T> converter) {
            super(converter);
        }

        private Reader(Converter<Object, T> converter, JavaType form, @Nullable JsonDeserializer<?> forms) {
            super(converter, form, forms);
        }

        @Override
        protected StdDelegatingDeserializer<T> withDelegate(
                Converter<Object, T> converter, JavaType form, @Nullable JsonDeserializer<?> forms) {
            return new Reader<>(converter, form, forms);
        }

        @Override
        public Object deserializeWithType(JsonParser json, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return types.deserializeTypedFromObject(json, context);
        }
    }
}
