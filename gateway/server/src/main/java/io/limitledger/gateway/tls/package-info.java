/** The certificate that a gateway serves, and whose certificates it trusts. */
@NullMarked
package io.limitledger.gateway.tls;

import org.jspecify.annotations.NullMarked;
