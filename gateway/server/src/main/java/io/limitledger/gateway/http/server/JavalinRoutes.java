package io.limitledger.gateway.http.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.AskSession;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.http.StreamedBody;
import io.limitledger.gateway.http.problem.Problem;
import java.io.IOException;
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
    private final Door door;
    private final Sessions sessions;
    private final List<ServedRoute> served = new ArrayList<>();

    /**
     * Where routes are added to.
     *
     * @param answering runs the writing of answers, which must not be left to the thread that reads replies
     * @param open where requests wait for their answers
     * @param door through which requests come in
     * @param sessions where sessions are opened
     */
    JavalinRoutes(RoutesConfig javalin, Executor answering, OpenExchanges open, Door door, Sessions sessions) {
        this.javalin = javalin;
        this.answering = answering;
        this.open = open;
        this.door = door;
        this.sessions = sessions;
    }

    @Override
    public void get(String path, Need need, RouteHandler handler) {
        add(HandlerType.GET, path, need, handler);
        addUnlisted(HandlerType.HEAD, path, need, handler);
    }

    @Override
    public void stream(String path, Need need, RouteHandler handler) {
        add(HandlerType.GET, path, need, request -> {
            BrowserRules.refuseIfLedHere(request.req());
            return handler.handle(request);
        });
    }

    @Override
    public void put(String path, Need need, RouteHandler handler) {
        add(HandlerType.PUT, path, need, handler);
    }

    @Override
    public void patch(String path, Need need, RouteHandler handler) {
        add(HandlerType.PATCH, path, need, handler);
    }

    @Override
    public void post(String path, Need need, RouteHandler handler) {
        add(HandlerType.POST, path, need, handler);
    }

    @Override
    public void delete(String path, Need need, RouteHandler handler) {
        add(HandlerType.DELETE, path, need, handler);
    }

    @Override
    public void addForeign(HandlerType method, String path, Need need, RouteHandler handler) {
        addUnlisted(method, path, need, handler);
    }

    @Override
    public void otherwise(String path, Need need, RouteHandler handler) {
        ALL_METHODS.forEach(method -> addUnlisted(method, path, need, handler));
    }

    @Override
    public void socket(String path, Need need, String protocol, Consumer<WsConfig> handler) {
        served.add(new ServedRoute(ServedRoute.WEBSOCKET, path, need, false));
        javalin.wsBeforeUpgrade(path, request -> admit(request, need, protocol));
        javalin.ws(path, handler);
    }

    private void admit(Context request, Need need, String protocol) throws IOException {
        Problem refusal = door.admit(request, need);
        if (refusal != null) {
            Door.refuse(request, refusal);
            return;
        }
        // Javalin itself chooses the first that is offered, whatever it is.
        request.res()
                .setHeader(
                        OFFERED_PROTOCOLS,
                        Routes.isOffered(protocol, request.header(OFFERED_PROTOCOLS)) ? protocol : null);
    }

    @Override
    public void session(String path, Need need, AskSession.Factory factory) {
        get(path, need, request -> Sessions.upgradeRequired());
        served.add(new ServedRoute(ServedRoute.WEBSOCKET, path, need, false));
        javalin.wsBeforeUpgrade(path, request -> sessions.admit(request, need));
        // Only lets the request through to the mapping below, which reads at its own pace; Javalin's handlers cannot.
        javalin.ws(path, socket -> {});
        sessions.add(path, factory);
    }

    /** In the order in which they were added. */
    List<ServedRoute> served() {
        return Collections.unmodifiableList(served);
    }

    private void add(HandlerType method, String path, Need need, RouteHandler handler) {
        add(method, path, need, true, handler);
    }

    private void addUnlisted(HandlerType method, String path, Need need, RouteHandler handler) {
        add(method, path, need, false, handler);
    }

    private void add(HandlerType method, String path, Need need, boolean isListed, RouteHandler handler) {
        served.add(new ServedRoute(method.name(), path, need, isListed));
        RouteHandler guarded = door.before(handler, need);
        javalin.addHttpHandler(
                method, path, request -> answer(request, need, open.handle(OpenExchange.begin(request, guarded))));
    }

    private void answer(Context request, Need need, CompletableFuture<HttpAnswer> answer) {
        request.future(() -> answer.isDone()
                ? answer.thenCompose(written -> write(request, need, written))
                : answer.thenComposeAsync(written -> write(request, need, written), answering));
    }

    private CompletableFuture<Void> write(Context request, Need need, HttpAnswer answer) {
        if (answer.body() instanceof StreamedBody body) {
            OpenExchange exchange = OpenExchange.of(request);
            Guests.Guest guest = door.guest(request, need, exchange.caller());
            guest.stays(exchange::enter, body::end, body::end);
            return AnswerWriter.stream(request, answer, body).whenComplete((ended, failure) -> guest.left());
        }
        AnswerWriter.write(request, answer);
        return CompletableFuture.completedFuture(null);
    }
}
