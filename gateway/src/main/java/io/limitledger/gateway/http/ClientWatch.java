package io.limitledger.gateway.http;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** Whether a client is still there while its request waits. */
public final class ClientWatch {
    private ClientWatch() {}

    /**
     * The same answer, which must not be written before it is passed on here.
     *
     * @param onGone what happens if the client goes before there is an answer; it must not block
     */
    public static <T> CompletableFuture<T> until(CompletableFuture<T> answer, Context request, Runnable onGone) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        if (answer.isDone() || !(endPoint instanceof WatchedConnection connection)) {
            return answer;
        }
        connection.watch(onGone);
        return answer.whenComplete((any, failure) -> connection.unwatch());
    }
}
