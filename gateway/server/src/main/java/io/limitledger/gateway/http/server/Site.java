package io.limitledger.gateway.http.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which names clients reach this gateway, and which web pages may use it from a browser. A page whose own name was made to
 * lead here (DNS rebinding) asks by that name, which is not one of ours; a page of another site has another origin.
 *
 * @param publicUrls where the gateway is reached through a reverse proxy or by a name, such as {@code https://limits.example.com}
 * @param allowedOrigins whose pages may use it although it is not served from there, such as {@code http://localhost:3000}
 */
public record Site(List<URI> publicUrls, Set<String> allowedOrigins) {
    /** Reached by its own addresses only, and used by no page of another origin. */
    public static final Site OWN_ADDRESSES = new Site(List.of(), Set.of());

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");
    private static final String LOCALHOST = "localhost";

    public Site {
        publicUrls = List.copyOf(publicUrls);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /**
     * Reads them as an operator writes them.
     *
     * @throws IllegalArgumentException if one is not of the form {@code https://limits.example.com}; the message says which
     */
    public static Site of(Collection<String> publicUrls, Collection<String> allowedOrigins) {
        List<URI> urls = new ArrayList<>();
        publicUrls.forEach(url -> urls.add(url(url)));
        Set<String> origins = new LinkedHashSet<>();
        allowedOrigins.forEach(origin -> origins.add(origin(url(origin))));
        return new Site(urls, origins);
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text.strip());
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isWeb && url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without the text: it may hold a password.
        }
        throw new IllegalArgumentException(
                "Expected an address with scheme and name, and without a user, such as https://limits.example.com");
    }

    /** Whether a client that asks for this host means this gateway. */
    boolean hasHost(String host, String boundHost) {
        String name = plain(host);
        return name.equals(LOCALHOST)
                || name.endsWith("." + LOCALHOST)
                || name.equals(plain(boundHost))
                || publicUrls.stream().anyMatch(url -> plain(url.getHost()).equals(name))
                || isOwnAddress(name, boundHost);
    }

    /** No name can be made to look like an address, so where all addresses are served every address is one of ours. */
    private static boolean isOwnAddress(String name, String boundHost) {
        InetAddress asked = address(name);
        InetAddress bound = address(plain(boundHost));
        return asked != null
                && (asked.isLoopbackAddress() || (bound != null && (bound.isAnyLocalAddress() || bound.equals(asked))));
    }

    /** Null if it is a name. Names are not looked up. */
    private static @Nullable InetAddress address(String host) {
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * Whether a browser sends a request for a page of another site.
     *
     * @param fetchSite header {@code Sec-Fetch-Site}, which browsers send where the connection is trusted
     * @param origin header {@code Origin}
     * @param authority name and port that the request is for
     */
    boolean isForeign(@Nullable String fetchSite, @Nullable String origin, String authority) {
        if (origin != null && isTrusted(origin)) {
            return false;
        }
        if (fetchSite != null) {
            return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
        }
        return origin != null && !isOf(origin, authority);
    }

    private boolean isTrusted(String origin) {
        return isAllowed(origin)
                || publicUrls.stream().anyMatch(url -> origin(url).equals(origin));
    }

    /** Whether pages of this origin may also read the answers. */
    boolean isAllowed(String origin) {
        return allowedOrigins.contains(origin);
    }

    private static boolean isOf(String origin, String authority) {
        try {
            String own = URI.create(origin).getRawAuthority();
            return own != null && withoutDefaultPort(own).equals(withoutDefaultPort(authority));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutDefaultPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }

    /** As browsers write it: no path, and no port that the scheme has anyway. */
    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean isDefault = url.getPort() < 0 || url.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + url.getPort());
    }
}
