/** The service itself: whether it is up and ready, its metrics, its contract, and the pages that explain it. */
@NullMarked
package io.limitledger.gateway.http.service;

import org.jspecify.annotations.NullMarked;
