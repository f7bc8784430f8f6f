package io.limitledger.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store in memory keeps what it is given, by key. */
class HeapStoreTest {
    private static final Bytes A = Bytes.wrap("a".getBytes(UTF_8));
    private static final Bytes B = Bytes.wrap("b".getBytes(UTF_8));
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    private final HeapStore store = new HeapStore("state");

    @BeforeEach
    void init() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), null);
        store.init(context.getStateStoreContext(), store);
    }

    @Test
    void shouldKeepTheLastValueOfAKey() {
        // when
        store.putAll(List.of(KeyValue.pair(A, ONE), KeyValue.pair(B, ONE), KeyValue.pair(A, TWO)));

        // then
        assertThat(store.get(A)).isEqualTo(TWO);
        assertThat(store.get(B)).isEqualTo(ONE);
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }

    @Test
    void shouldForgetAKeyWithoutAValue() {
        // given
        store.put(A, ONE);
        store.put(B, ONE);

        // when
        store.put(A, null);
        byte[] deleted = store.delete(B);

        // then
        assertThat(store.get(A)).isNull();
        assertThat(deleted).isEqualTo(ONE);
        assertThat(keys()).isEmpty();
    }

    @Test
    void shouldPutNothingInThePlaceOfAValueThatIsThere() {
        // when
        byte[] first = store.putIfAbsent(A, ONE);
        byte[] second = store.putIfAbsent(A, TWO);

        // then
        assertThat(first).isNull();
        assertThat(second).isEqualTo(ONE);
        assertThat(store.get(A)).isEqualTo(ONE);
    }

    @Test
    void shouldHandOutAllRecords() {
        // given
        store.put(A, ONE);
        store.put(B, TWO);

        // then
        assertThat(keys()).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void shouldBeEmptyAfterItWasClosed() {
        // given
        store.put(A, ONE);

        // when
        store.close();

        // then
        assertThat(store.isOpen()).isFalse();
        assertThat(store.get(A)).isNull();
    }

    @Test
    void shouldRefuseToBeAskedInAnOrder() {
        assertThatThrownBy(() -> store.range(A, B)).isInstanceOf(UnsupportedOperationException.class);
    }

    private List<Bytes> keys() {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(record -> keys.add(record.key));
        }
        return keys;
    }
}
