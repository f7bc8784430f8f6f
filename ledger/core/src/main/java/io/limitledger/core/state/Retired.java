package io.limitledger.core.state;

import java.util.UUID;

/**
 * A limit that is no longer in a partition. The last few are remembered, so that a part of a move that comes late does
 * not bring it back.
 *
 * @param moves how often it had moved by then
 */
public record Retired(UUID limitId, int moves) {}
