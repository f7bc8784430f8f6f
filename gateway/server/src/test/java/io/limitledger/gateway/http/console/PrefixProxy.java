package io.limitledger.gateway.http.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A reverse proxy that serves a gateway below a path, and takes the path off. */
final class PrefixProxy implements AutoCloseable {
    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int gateway;
    private final String prefix;

    private PrefixProxy(int gateway, String prefix) throws IOException {
        this.gateway = gateway;
        this.prefix = prefix;
        this.proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(threads);
        proxy.createContext(prefix + "/", this::pass);
        proxy.start();
    }

    static PrefixProxy before(int gateway, String prefix) throws IOException {
        return new PrefixProxy(gateway, prefix);
    }

    String url() {
        return "http://127.0.0.1:" + proxy.getAddress().getPort() + prefix;
    }

    private void pass(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().substring(prefix.length());
        HttpURLConnection request = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + gateway + path).toURL().openConnection();
        request.setInstanceFollowRedirects(false);
        request.setRequestProperty("Accept", exchange.getRequestHeaders().getFirst("Accept"));
        int status = request.getResponseCode();
        for (String header : new String[] {"Content-Type", "Location", "Content-Security-Policy"}) {
            if (request.getHeaderField(header) != null) {
                exchange.getResponseHeaders().add(header, request.getHeaderField(header));
            }
        }
        boolean isEmpty = request.getContentLengthLong() == 0;
        exchange.sendResponseHeaders(status, isEmpty ? -1 : 0);
        if (!isEmpty) {
            try (InputStream in = status < 400 ? request.getInputStream() : request.getErrorStream();
                    OutputStream out = exchange.getResponseBody()) {
                byte[] buffer = new byte[8_192];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    out.write(buffer, 0, count);
                    out.flush();
                }
            }
        }
        exchange.close();
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }
}
