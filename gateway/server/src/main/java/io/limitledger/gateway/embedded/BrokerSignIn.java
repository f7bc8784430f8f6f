package io.limitledger.gateway.embedded;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.token.delegation.internals.DelegationTokenCredentialCallback;
import org.jspecify.annotations.Nullable;

/** Finds the credentials of those who sign in to a listener. Kafka makes one for each listener, by the name of its class. */
abstract class BrokerSignIn implements AuthenticateCallbackHandler {
    private @Nullable BrokerUsers users;

    /** For the listeners of this process: no other program has business there, whatever its name and password. */
    public static final class OfServer extends BrokerSignIn {
        @Override
        boolean isAdmitted(String name) {
            return name.equals(BrokerUsers.SERVER);
        }
    }

    /** For the listener of other programs. */
    public static final class OfOthers extends BrokerSignIn {
        @Override
        boolean isAdmitted(String name) {
            return !name.equals(BrokerUsers.SERVER);
        }
    }

    abstract boolean isAdmitted(String name);

    @Override
    public void configure(Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> unused) {
        users = (BrokerUsers) settings.get(BrokerUsers.SETTING);
    }

    /** Leaves the credential of a callback empty where the sign-in is to fail, delegation tokens included. */
    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        String name = "";
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback named) {
                name = named.getDefaultName();
            } else if (callback instanceof ScramCredentialCallback wanted) {
                boolean isToken = callback instanceof DelegationTokenCredentialCallback;
                if (!isToken && isAdmitted(name)) {
                    wanted.scramCredential(
                            Objects.requireNonNull(users, "not configured").credential(name));
                }
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {}
}
