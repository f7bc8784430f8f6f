/** For askers on Kafka: send a command, get its reply. */
@NullMarked
package io.limitledger.client;

import org.jspecify.annotations.NullMarked;
