package io.limitledger.gateway.prefect.route;

import io.javalin.http.HandlerType;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The operations of the API, in the order in which they are looked through. */
public final class Operations {
    private final List<Operation> all = new ArrayList<>();

    /** Answers the requests to one operation. It must not block; what it throws becomes an error in one of three shapes. */
    @FunctionalInterface
    public interface Handler {
        CompletableFuture<HttpAnswer> handle(PrefectRequest request);
    }

    /**
     * A method on a path, and its handler.
     *
     * @param isVersioned whether a client must speak a version that this server can serve
     * @param need of the caller, before the handler is asked
     */
    record Operation(HandlerType method, PathTemplate template, boolean isVersioned, Need need, Handler handler) {
        boolean readsBody() {
            return method.equals(HandlerType.POST) || method.equals(HandlerType.PATCH);
        }

        CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
            if (isVersioned) {
                VersionHeader.check(request);
            }
            return handler.handle(request);
        }
    }

    /** An operation that a request has found, with the parameters in its path. */
    record Found(Operation operation, Map<String, String> path) {}

    public void get(String path, Need need, Handler handler) {
        add(HandlerType.GET, path, true, need, handler);
    }

    /** Answers clients of any version. */
    public void getUnversioned(String path, Need need, Handler handler) {
        add(HandlerType.GET, path, false, need, handler);
    }

    public void post(String path, Need need, Handler handler) {
        add(HandlerType.POST, path, true, need, handler);
    }

    public void patch(String path, Need need, Handler handler) {
        add(HandlerType.PATCH, path, true, need, handler);
    }

    public void delete(String path, Need need, Handler handler) {
        add(HandlerType.DELETE, path, true, need, handler);
    }

    private void add(HandlerType method, String path, boolean isVersioned, Need need, Handler handler) {
        all.add(new Operation(method, new PathTemplate(path), isVersioned, need, handler));
    }

    List<Operation> all() {
        return List.copyOf(all);
    }

    @Nullable
    Found find(HandlerType method, String path) {
        for (Operation operation : all) {
            Map<String, String> parameters =
                    operation.method().equals(method) ? operation.template().match(path) : null;
            if (parameters != null) {
                return new Found(operation, parameters);
            }
        }
        return null;
    }

    /** The method of the first operation on a path; null if the path has no operation. */
    @Nullable
    String firstMethod(String path) {
        return all.stream()
                .filter(operation -> operation.template().match(path) != null)
                .map(operation -> operation.method().name())
                .findFirst()
                .orElse(null);
    }
}
