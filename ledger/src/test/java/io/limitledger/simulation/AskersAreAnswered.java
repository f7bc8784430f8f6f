package io.limitledger.simulation;

/** Whoever asks for slots learns how it ended, soon after its patience has: with slots, without, or that nobody knows. */
final class AskersAreAnswered extends Invariant {
    @Override
    void onTime() {
        cluster().workers().forEach(worker -> require(!worker.isForgotten(), () -> "still unanswered: " + worker));
    }
}
