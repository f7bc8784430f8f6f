package io.limitledger.simulation;

/**
 * A client that asks for slots learns how it ended, soon after its patience has: with slots, without, or outcome unknown. Nothing
 * can be said where the broker's clock steps back between a decision and its reply, and what comes after that reply is lost.
 */
final class AskersAreAnswered extends Invariant {
    @Override
    void onTime() {
        cluster()
                .workers()
                .forEach(worker -> require(
                        !worker.isForgotten() || cluster().clock.hasSteppedBack(),
                        () -> "still unanswered: " + worker));
    }
}
