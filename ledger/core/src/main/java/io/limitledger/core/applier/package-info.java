/**
 * What each event does to the state, one class per event: {@code LeaseGranted} is applied by {@code LeaseGrantedApplier}.
 * Appliers copy facts and decide nothing.
 */
@NullMarked
package io.limitledger.core.applier;

import org.jspecify.annotations.NullMarked;
