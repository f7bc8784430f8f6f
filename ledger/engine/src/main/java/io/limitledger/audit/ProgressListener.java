package io.limitledger.audit;

/** Called from time to time with the progress of an audit. */
@FunctionalInterface
public interface ProgressListener {
    /** For whom the end is enough. */
    ProgressListener NONE = (events, share) -> {};

    /**
     * So much has been read.
     *
     * @param events so far
     * @param share of all there are to read, 0 to 1
     */
    void read(long events, double share);
}
