/** Reading requests: bodies, queries and paths, so that all mistakes are found at once. */
@NullMarked
package io.limitledger.gateway.http.request;

import org.jspecify.annotations.NullMarked;
