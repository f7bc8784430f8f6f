/** Limits as the routes of the Prefect API need them: found, read from bodies, and one that is nobody's. */
@NullMarked
package io.limitledger.gateway.prefect.limit;

import org.jspecify.annotations.NullMarked;
