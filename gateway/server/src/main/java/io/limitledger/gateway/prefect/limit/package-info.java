/** Limits and holders as the routes need them: found, read from requests, and a reserved limit for leases on no limit. */
@NullMarked
package io.limitledger.gateway.prefect.limit;

import org.jspecify.annotations.NullMarked;
