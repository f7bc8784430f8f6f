/**
 * The native API. One class per route, named like its command: it turns the request into a command or a question to the
 * view, and the answer into JSON. {@link io.limitledger.gateway.http.v1.NativeApi} is the table of the routes.
 */
@NullMarked
package io.limitledger.gateway.http.v1;

import org.jspecify.annotations.NullMarked;
