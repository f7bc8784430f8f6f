/**
 * Who may do what: principals, their rights on limits, and how a request's credentials become a caller. Knows neither HTTP nor
 * Kafka, so that both APIs, streams and sessions decide alike.
 */
@NullMarked
package io.limitledger.gateway.access;

import org.jspecify.annotations.NullMarked;
