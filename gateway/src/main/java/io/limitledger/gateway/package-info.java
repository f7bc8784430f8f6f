/** The gateway: HTTP interface, read model, command line and embedded broker, as one runnable jar. */
@NullMarked
package io.limitledger.gateway;

import org.jspecify.annotations.NullMarked;
