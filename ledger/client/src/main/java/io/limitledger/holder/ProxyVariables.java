package io.limitledger.holder;

import io.limitledger.holder.Gateway.Given;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The proxy of the environment: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in either case, as curl has them. */
final class ProxyVariables {
    private static final int DEFAULT_PORT = 80;

    private ProxyVariables() {}

    static Gateway apply(Gateway gateway, Function<String, @Nullable Given> variables) {
        URI address = URI.create(gateway.address().url());
        String name = address.getScheme().equalsIgnoreCase("https") ? "https_proxy" : "http_proxy";
        Given proxy = either(name, variables);
        Given without = either("no_proxy", variables);
        if (proxy == null
                || proxy.value().isBlank()
                || isLoopback(address.getHost())
                || (without != null && fits(without.value(), address.getHost()))) {
            return gateway;
        }
        return gateway.with(proxy, "the address of a proxy", ProxyVariables::through);
    }

    private static @Nullable Given either(String name, Function<String, @Nullable Given> variables) {
        Given given = variables.apply(name);
        return given == null ? variables.apply(name.toUpperCase(Locale.ROOT)) : given;
    }

    /** A proxy of the network would not find this machine. */
    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** Whether a host, or a domain it belongs to, is in a list such as {@code localhost,.example.com}. */
    private static boolean fits(String list, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return Arrays.stream(list.split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*") || name.equals(entry) || name.endsWith("." + entry));
    }

    private static Gateway through(Gateway gateway, String text) {
        URI proxy = proxy(text.contains("://") ? text : "http://" + text);
        if (!Stream.of("http", "https").toList().contains(proxy.getScheme()) || proxy.getHost() == null) {
            throw new IllegalArgumentException("it must be the address of an HTTP proxy, such as http://proxy:3128");
        }
        if (proxy.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "it has credentials, which this client cannot send to a proxy; name a proxy without");
        }
        return gateway.proxy(proxy.getHost(), proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort());
    }

    private static URI proxy(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            // Without its cause, which repeats the text.
            throw new IllegalArgumentException("it must be the address of an HTTP proxy, such as http://proxy:3128");
        }
    }
}
