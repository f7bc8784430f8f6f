package io.limitledger.gateway.embedded;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a user of the embedded broker may do: this process everything, others what their role needs. Kafka's own
 * authorizer keeps its lists in the data, where those of a user that is gone from the file would stay.
 */
public final class BrokerAuthorizer implements Authorizer {
    private static final String FIXED = "What a user may do follows from its role in the file of --kafka-users";

    private @Nullable BrokerUsers users;

    @Override
    public void configure(Map<String, ?> settings) {
        users = (BrokerUsers) settings.get(BrokerUsers.SETTING);
    }

    @Override
    public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
        return server.endpoints().stream()
                .collect(Collectors.toMap(endpoint -> endpoint, endpoint -> CompletableFuture.completedFuture(null)));
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext request, List<Action> actions) {
        return actions.stream().map(action -> result(may(request, action))).toList();
    }

    private boolean may(AuthorizableRequestContext request, Action action) {
        ResourcePattern resource = action.resourcePattern();
        return users().may(request.principal().getName(), action.operation(), resource.resourceType(), resource.name());
    }

    /** Kafka's own answer would be made of lists, which are not kept here. */
    @Override
    public AuthorizationResult authorizeByResourceType(
            AuthorizableRequestContext request, AclOperation operation, ResourceType type) {
        return result(users().mayOnAny(request.principal().getName(), operation, type));
    }

    private BrokerUsers users() {
        return Objects.requireNonNull(users, "not configured");
    }

    private static AuthorizationResult result(boolean isAllowed) {
        return isAllowed ? AuthorizationResult.ALLOWED : AuthorizationResult.DENIED;
    }

    @Override
    public List<? extends CompletionStage<AclCreateResult>> createAcls(
            AuthorizableRequestContext request, List<AclBinding> wanted) {
        throw new SecurityDisabledException(FIXED);
    }

    @Override
    public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
            AuthorizableRequestContext request, List<AclBindingFilter> wanted) {
        throw new SecurityDisabledException(FIXED);
    }

    @Override
    public Iterable<AclBinding> acls(AclBindingFilter filter) {
        return List.of();
    }

    @Override
    public void close() {}
}
