/**
 * What routes are made of: their handlers, answers, JSON, and the exchange of a request. The packages below serve them:
 * {@code server} is the web server, {@code v1} the native API, {@code service} all about the service itself.
 */
@NullMarked
package io.limitledger.gateway.http;

import org.jspecify.annotations.NullMarked;
