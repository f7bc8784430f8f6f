package io.limitledger.gateway.cli;

import io.limitledger.gateway.access.AccessAdmin.NewToken;

/** What is printed once of a token that was created at the start: the secret, and what to do with it. */
final class NewTokenNotice {
    private NewTokenNotice() {}

    /** @param url of the gateway */
    static String of(NewToken made, String url) {
        return """

                ===========================================================================
                 The token '%1$s' may do everything. It is shown this once only:

                   %2$s

                 Keep it where only administrators can read it, and create others with it:

                   export LIMITS_URL=%3$s LIMITS_TOKEN=...
                   limits token create ci-deploy --allow 'hold:deploy-*' --expires 90d

                 It is lost? Start once with --new-admin-token.
                ===========================================================================
                """.formatted(made.token().name(), made.text().secret(), url);
    }
}
