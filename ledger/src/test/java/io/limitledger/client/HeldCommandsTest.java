package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldCommandsTest {
    private final List<String> done = new ArrayList<>();
    private boolean reaches;
    private long nanos;
    private final HeldCommands held = new HeldCommands(() -> reaches, () -> nanos);

    @Test
    void shouldSendWhenKafkaIsBack() {
        // given
        hold("a", 10);
        hold("b", 10);
        held.look();
        assertThat(held.isAway()).isTrue();

        // when
        reaches = true;
        held.look();

        // then
        assertThat(done).containsExactly("sent a", "sent b");
        assertThat(held.isAway()).isFalse();
    }

    @Test
    void shouldGiveUpThoseWhoseTimeIsOver() {
        // given
        hold("a", 10);
        hold("b", 20);

        // when
        nanos = 10;
        held.look();

        // then
        assertThat(done).containsExactly("gave up a");
        assertThat(held.isAway()).isTrue();
    }

    @Test
    void shouldGiveUpAllWhenItIsClosed() {
        // given
        hold("a", 10);

        // when
        held.close();
        hold("b", 10);

        // then
        assertThat(done).containsExactly("gave up a", "gave up b");
    }

    private void hold(String name, long untilNanos) {
        held.hold(new HeldCommands.Held(() -> done.add("sent " + name), () -> done.add("gave up " + name), untilNanos));
    }
}
