package io.limitledger.gateway.http.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.limitledger.gateway.http.AskSession;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.http.StreamedBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Routes in Javalin. Each request is handled and its answer written here, so that handlers only translate. */
final class JavalinRoutes implements Routes {
    private static final List<HandlerType> ALL_METHODS = List.of(
            HandlerType.GET,
            HandlerType.HEAD,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE,
            HandlerType.OPTIONS,
            HandlerType.TRACE);

    private static final String OFFERED_PROTOCOLS = "Sec-WebSocket-Protocol";

    private final RoutesConfig javalin;
    private final Executor answering;
    private final OpenExchanges open;
    private final Sessions sessions;
    private final List<String> operations = new ArrayList<>();

    /**
     * Where routes are added to.
     *
     * @param answering runs the writing of answers, which must not be left to the thread that reads replies
     * @param open where requests wait for their answers
     * @param sessions where sessions are opened
     */
    JavalinRoutes(RoutesConfig javalin, Executor answering, OpenExchanges open, Sessions sessions) {
        this.javalin = javalin;
        this.answering = answering;
        this.open = open;
        this.sessions = sessions;
    }

    @Override
    public void get(String path, RouteHandler handler) {
        add(HandlerType.GET, path, handler);
        addUnlisted(HandlerType.HEAD, path, handler);
    }

    @Override
    public void stream(String path, RouteHandler handler) {
        add(HandlerType.GET, path, handler);
    }

    @Override
    public void put(String path, RouteHandler handler) {
        add(HandlerType.PUT, path, handler);
    }

    @Override
    public void patch(String path, RouteHandler handler) {
        add(HandlerType.PATCH, path, handler);
    }

    @Override
    public void post(String path, RouteHandler handler) {
        add(HandlerType.POST, path, handler);
    }

    @Override
    public void delete(String path, RouteHandler handler) {
        add(HandlerType.DELETE, path, handler);
    }

    @Override
    public void addForeign(HandlerType method, String path, RouteHandler handler) {
        addUnlisted(method, path, handler);
    }

    @Override
    public void otherwise(String path, RouteHandler handler) {
        ALL_METHODS.forEach(method -> addUnlisted(method, path, handler));
    }

    @Override
    public void socket(String path, String protocol, Consumer<WsConfig> handler) {
        // Javalin itself chooses the first that is offered, whatever it is.
        javalin.wsBeforeUpgrade(
                path,
                request -> request.res()
                        .setHeader(
                                OFFERED_PROTOCOLS,
                                Routes.isOffered(protocol, request.header(OFFERED_PROTOCOLS)) ? protocol : null));
        javalin.ws(path, handler);
    }

    @Override
    public void session(String path, AskSession.Factory factory) {
        get(path, request -> Sessions.upgradeRequired());
        javalin.wsBeforeUpgrade(path, sessions::admit);
        // Only lets the request through to the mapping below, which reads at its own pace; Javalin's handlers cannot.
        javalin.ws(path, socket -> {});
        sessions.add(path, factory);
    }

    /** Methods and templates, such as {@code GET /v1/limits/{name}}, in the order in which they were added. */
    List<String> operations() {
        return Collections.unmodifiableList(operations);
    }

    private void add(HandlerType method, String path, RouteHandler handler) {
        operations.add(method.name() + " " + path);
        addUnlisted(method, path, handler);
    }

    private void addUnlisted(HandlerType method, String path, RouteHandler handler) {
        javalin.addHttpHandler(
                method, path, request -> answer(request, open.handle(OpenExchange.of(request, handler))));
    }

    private void answer(Context request, CompletableFuture<HttpAnswer> answer) {
        request.future(() -> answer.isDone()
                ? answer.thenCompose(written -> write(request, written))
                : answer.thenComposeAsync(written -> write(request, written), answering));
    }

    private static CompletableFuture<Void> write(Context request, HttpAnswer answer) {
        if (answer.body() instanceof StreamedBody body) {
            return AnswerWriter.stream(request, answer, body);
        }
        AnswerWriter.write(request, answer);
        return CompletableFuture.completedFuture(null);
    }
}
