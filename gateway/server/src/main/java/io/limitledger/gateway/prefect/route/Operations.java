package io.limitledger.gateway.prefect.route;

import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of the API, in the order in which they are looked through. */
public final class Operations {
    private final List<Operation> all = new ArrayList<>();

    /** An operation that a request has found, with the parameters in its path. */
    record Found(Operation operation, Map<String, String> path) {}

    public void get(String path, PrefectHandler handler) {
        add(HandlerType.GET, path, true, handler);
    }

    /** Answers clients of any version. */
    public void getUnversioned(String path, PrefectHandler handler) {
        add(HandlerType.GET, path, false, handler);
    }

    public void post(String path, PrefectHandler handler) {
        add(HandlerType.POST, path, true, handler);
    }

    public void patch(String path, PrefectHandler handler) {
        add(HandlerType.PATCH, path, true, handler);
    }

    public void delete(String path, PrefectHandler handler) {
        add(HandlerType.DELETE, path, true, handler);
    }

    private void add(HandlerType method, String path, boolean isVersioned, PrefectHandler handler) {
        all.add(new Operation(method, new Template(path), isVersioned, handler));
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

    /** The method of the first operation on a path; null if there is none. */
    @Nullable
    String firstMethod(String path) {
        return all.stream()
                .filter(operation -> operation.template().match(path) != null)
                .map(operation -> operation.method().name())
                .findFirst()
                .orElse(null);
    }
}
