package io.limitledger.gateway.http.server;

import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Gives each request a buffer of its own, on the heap, and answers direct ones from a pool.
 *
 * <p>After a request that is not HTTP Jetty (12.1.12 and 12.1.13) can give its buffer back while another thread still reads
 * from it: {@code HttpConnection.onFillable} releases what the thread that answers "400" has gone on with. From a pool the
 * same buffer then serves two connections, and clients find the answers of others in theirs.
 */
final class RequestBuffers extends ByteBufferPool.Wrapper {
    RequestBuffers() {
        super(new ArrayByteBufferPool());
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        return direct ? super.acquire(size, true) : ByteBufferPool.NON_POOLING.acquire(size, false);
    }
}
