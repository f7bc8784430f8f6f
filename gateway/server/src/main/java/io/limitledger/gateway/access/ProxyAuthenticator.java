package io.limitledger.gateway.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows callers by the word of a reverse proxy: {@code proxy:NAME}. From other addresses the header means nothing. */
public final class ProxyAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyAuthenticator.class);
    private static final String KIND = "proxy:";

    /** As many as a header can hold of short names. */
    private static final int MOST_GROUPS = 200;

    /** Once a minute is enough to be noticed, whoever sends how many. */
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ProxySettings settings;
    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_NANOS);
    private final AtomicLong ignored = new AtomicLong();

    public ProxyAuthenticator(ProxySettings settings) {
        this.settings = settings;
    }

    @Override
    public String way() {
        return "proxy";
    }

    @Override
    public String howTo() {
        return "sign in at the proxy before it";
    }

    @Override
    public CompletableFuture<Optional<Principal>> authenticate(Credentials credentials) {
        String user = credentials.header().apply(settings.userHeader());
        if (user == null || user.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (settings.trusted().stream().noneMatch(network -> network.contains(credentials.address()))) {
            ignore(credentials);
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!PrincipalName.isUsable(KIND + user)) {
            return CompletableFuture.failedFuture(new UnauthenticatedException("The proxy names in "
                    + settings.userHeader()
                    + " a user that cannot be one: a name has 1 to " + (Principal.MAX_CHARACTERS - KIND.length())
                    + " visible characters"));
        }
        return CompletableFuture.completedFuture(
                Optional.of(new Principal(KIND + user, groups(credentials), List.of())));
    }

    private Set<String> groups(Credentials credentials) {
        String header = settings.groupsHeader();
        String groups = header == null ? null : credentials.header().apply(header);
        return groups == null ? Set.of() : split(groups);
    }

    private static Set<String> split(String groups) {
        return Arrays.stream(groups.split(","))
                .map(String::strip)
                .filter(group -> PrincipalName.isUsable("group:" + group))
                .limit(MOST_GROUPS)
                .collect(Collectors.toSet());
    }

    private void ignore(Credentials credentials) {
        long number = ignored.incrementAndGet();
        long last = loggedNanos.get();
        long now = System.nanoTime();
        if (now - last >= LOG_NANOS && loggedNanos.compareAndSet(last, now)) {
            LOG.warn(
                    "The header {} from {} is ignored: that is not a trusted proxy ({} such requests so far). If it is"
                            + " one, add its address to --trusted-proxies",
                    settings.userHeader(),
                    credentials.address().getHostAddress(),
                    number);
        }
    }

    /** How many requests had the header and did not come from a trusted proxy. */
    public long ignored() {
        return ignored.get();
    }
}
