/**
 * HTTP, whatever is served over it: the server, how routes are added to it, and how they ask the ledger. What is served
 * lies in the packages below: {@code v1} is the native API, {@code service} all about the service itself.
 */
@NullMarked
package io.limitledger.gateway.http;

import org.jspecify.annotations.NullMarked;
