package io.limitledger.audit;

/** Is told now and then how far an audit has come. */
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
