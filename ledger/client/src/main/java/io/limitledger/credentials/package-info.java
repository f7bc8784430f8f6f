/**
 * Tokens, certificates and keys in files, which are read again when they are replaced: what both ends of a connection between a
 * client and a gateway show, and trust.
 */
@NullMarked
package io.limitledger.credentials;

import org.jspecify.annotations.NullMarked;
