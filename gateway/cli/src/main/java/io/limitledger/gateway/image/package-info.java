/** What the container image is built with. */
@NullMarked
package io.limitledger.gateway.image;

import org.jspecify.annotations.NullMarked;
