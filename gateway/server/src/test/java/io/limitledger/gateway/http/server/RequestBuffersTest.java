package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.junit.jupiter.api.Test;

class RequestBuffersTest {
    private static final int SIZE = 8_192;

    private final ByteBufferPool buffers = new RequestBuffers();

    @Test
    void shouldNotGiveTheBufferOfARequestToAnother() {
        // given
        ByteBuffer before = usedAndReleased(false);

        // when
        RetainableByteBuffer next = buffers.acquire(SIZE, false);

        // then
        assertThat(next.getByteBuffer()).isNotSameAs(before);
    }

    @Test
    void shouldUseTheBufferOfAnAnswerAgain() {
        // given
        ByteBuffer before = usedAndReleased(true);

        // when
        RetainableByteBuffer next = buffers.acquire(SIZE, true);

        // then
        assertThat(next.getByteBuffer()).isSameAs(before);
    }

    private ByteBuffer usedAndReleased(boolean direct) {
        RetainableByteBuffer buffer = buffers.acquire(SIZE, direct);
        ByteBuffer bytes = buffer.getByteBuffer();
        buffer.release();
        return bytes;
    }
}
