package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A keep-alive connection of HTTP/1.1, one call at a time. On two cores a real client would take so much of the machine
 * that one would measure the client.
 */
final class HttpConnection implements Caller {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 120_000;

    private final Socket socket;
    private final URI server;
    private final HttpReplyBuffer buffer = new HttpReplyBuffer();

    private HttpConnection(Socket socket, URI server) {
        this.socket = socket;
        this.server = server;
    }

    static HttpConnection open(URI server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
        return new HttpConnection(socket, server);
    }

    @Override
    public void call(LimitCommand command) throws IOException {
        send(HttpCall.of(command)).orFail();
    }

    HttpReply send(HttpCall call) throws IOException {
        socket.getOutputStream().write(call.bytesTo(server));
        buffer.clear();
        HttpReply reply = null;
        while (reply == null) {
            buffer.fill(socket.getInputStream());
            reply = buffer.reply();
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
