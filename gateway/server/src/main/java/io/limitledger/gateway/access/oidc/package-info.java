/** Callers whom a company's identity provider knows: its JWTs, and the keys that sign them. */
@NullMarked
package io.limitledger.gateway.access.oidc;

import org.jspecify.annotations.NullMarked;
