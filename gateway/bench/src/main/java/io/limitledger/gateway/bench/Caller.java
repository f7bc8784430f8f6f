package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;

/** Sends a command and waits until it is granted. For one thread. */
interface Caller extends AutoCloseable {
    void call(LimitCommand command) throws Exception;

    @Override
    void close() throws Exception;
}
