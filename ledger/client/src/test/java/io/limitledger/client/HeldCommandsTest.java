package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldCommandsTest {
    private final List<String> done = new ArrayList<>();
    private boolean reaches;
    private boolean isOver;
    private final HeldCommands held = new HeldCommands(() -> reaches);

    @Test
    void shouldSendWhenKafkaIsBack() {
        // given
        hold("a");
        hold("b");
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
    void shouldNotSendWhatIsNotWaitedForAnyLonger() {
        // given
        hold("a");
        isOver = true;

        // when
        reaches = true;
        held.look();

        // then
        assertThat(done).isEmpty();
        assertThat(held.isAway()).isFalse();
    }

    @Test
    void shouldGiveUpAllWhenItIsClosed() {
        // given
        hold("a");

        // when
        held.close();
        hold("b");

        // then
        assertThat(done).containsExactly("gave up a", "gave up b");
    }

    private void hold(String name) {
        held.hold(
                new HeldCommands.Held(() -> done.add("sent " + name), () -> done.add("gave up " + name), () -> isOver));
    }
}
