package io.limitledger.gateway.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Removals;
import io.limitledger.core.state.Slice;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Whatever the changelog has, the view shows what the ledger wrote there, and says what it passed over. */
class ViewStateTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 5_000);

    private final ViewState view = new ViewState(1);
    private final List<Long> passedOver = new ArrayList<>();
    private long offset;

    @Test
    void shouldPassOverWhatNoLedgerWroteAndShowTheRest() {
        // given
        Map<String, byte[]> written = limits("a", "b");
        Random random = new Random(1);

        // when
        for (int input = 0; input < INPUTS; input++) {
            String key = new ArrayList<>(written.keySet()).get(random.nextInt(written.size()));
            apply(spoilt(key.getBytes(UTF_8), random), spoilt(written.get(key), random));
        }
        written.forEach((key, value) -> apply(key.getBytes(UTF_8), value));

        // then
        assertThat(passedOver).hasSizeGreaterThan(INPUTS / 4);
        assertThat(view.<Object>read(
                        () -> view.records().limit("a").definition().limit()))
                .isEqualTo(7L);
        assertThat(view.<Object>read(
                        () -> view.records().limit("b").definition().limit()))
                .isEqualTo(7L);
        assertThat(view.<Long>read(() -> view.keys().key("b", "key/1").use().held()))
                .isEqualTo(2);
    }

    @Test
    void shouldPassOverAValueUnderTheKeyOfAnother() {
        // given
        Map<String, byte[]> written = limits("a", "b");
        written.forEach((key, value) -> apply(key.getBytes(UTF_8), value));

        // when: a reply, say, or the record of another limit
        apply("limit/a".getBytes(UTF_8), "{\"type\":\"Deleted\",\"limit\":\"a\"}".getBytes(UTF_8));
        apply("limit/a".getBytes(UTF_8), written.get("limit/b"));

        // then
        assertThat(passedOver).hasSize(2);
        assertThat(view.<Object>read(() -> view.records().limit("a").name())).isEqualTo("a");
    }

    @Test
    void shouldForgetAllToBeReadAgain() {
        // given
        limits("a").forEach((key, value) -> apply(key.getBytes(UTF_8), value));

        // when
        view.clear();

        // then
        assertThat(view.<Object>read(() -> view.records())).isEqualTo(new HeapRecords());
    }

    @Test
    void shouldKnowHowFarTheBrokersClockIsBehind() {
        // given
        byte[] key = StateKey.LEASE_CLOCK.text().getBytes(UTF_8);

        // when
        apply(key, StateJson.write(LeaseClock.RESTING.ahead(5_000)));

        // then
        assertThat(view.<Long>read(() -> view.aheadMillis("a"))).isEqualTo(5_000);

        // and then: until it is read again from the beginning
        view.clear();
        assertThat(view.<Long>read(() -> view.aheadMillis("a"))).isZero();
    }

    private void apply(byte[] key, byte[] value) {
        view.apply(
                List.of(new ConsumerRecord<>(LedgerTopics.CHANGELOG, 0, offset++, key, value)),
                (record, why) -> passedOver.add(record.offset()));
    }

    private static byte[] spoilt(byte[] bytes, Random random) {
        byte[] spoilt = bytes.clone();
        for (int place = random.nextInt(3); place > 0; place--) {
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(spoilt, random.nextInt(spoilt.length)) : spoilt;
    }

    private static byte[] keyUse(String limit) {
        Windows windows = new Windows(List.of(Window.of(List.of(new Slice(2_000, 3), new Slice(3_000, 1)))), 4);
        KeyOverride override = new KeyOverride(3L, 0.5, List.of(new Quota(5, new SlidingPeriod(60))), 2L, 1.5);
        KeyUse use = new KeyUse(limit, "key/1", Bucket.empty(1_000), windows, 2, 1, 70, override);
        return StateRecord.write(StateKey.ofKey(limit, "key/1"), use);
    }

    /** What a ledger writes for limits, and what belongs to the partition. */
    private static Map<String, byte[]> limits(String... names) {
        Map<String, byte[]> written = new TreeMap<>();
        for (String name : names) {
            Limit limit = Limit.created(name, new UUID(1, name.hashCode()), new Definition(7, 0, true), 1_000);
            written.put(StateKey.ofLimit(name).text(), StateJson.write(limit));
            written.put(StateKey.ofKey(name, "key/1").text(), keyUse(name));
        }
        written.put(StateKey.REMOVALS.text(), StateJson.write(Removals.NONE));
        written.put(StateKey.LEASE_CLOCK.text(), StateJson.write(LeaseClock.RESTING));
        return written;
    }
}
