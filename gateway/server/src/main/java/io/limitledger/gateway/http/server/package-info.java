/** The HTTP server: Jetty below Javalin, its connections and bounds, and how requests reach the routes' handlers. */
@NullMarked
package io.limitledger.gateway.http.server;

import org.jspecify.annotations.NullMarked;
