/** What goes wrong, as problem details (RFC 9457): one table of problems, and one way from each failure to one of them. */
@NullMarked
package io.limitledger.gateway.http.problem;

import org.jspecify.annotations.NullMarked;
