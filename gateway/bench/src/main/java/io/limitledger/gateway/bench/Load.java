package io.limitledger.gateway.bench;

/** How much is asked. */
public sealed interface Load {
    /** So many operations are under way at a time: the next one begins when one ends. */
    record Closed(int inFlight) implements Load {
        public Closed {
            if (inFlight < 1) {
                throw new IllegalArgumentException("Expected at least 1 in flight, but got " + inFlight);
            }
        }

        @Override
        public int size() {
            return inFlight;
        }

        @Override
        public String toString() {
            return Integer.toString(inFlight);
        }
    }

    /** So many operations begin each second, whatever becomes of those before. */
    record Open(int perSecond) implements Load {
        public Open {
            if (perSecond < 1) {
                throw new IllegalArgumentException("Expected at least 1 operation per second, but got " + perSecond);
            }
        }

        @Override
        public int size() {
            return perSecond;
        }

        @Override
        public String toString() {
            return perSecond + "/s";
        }
    }

    /** To be compared with others of the same kind. */
    int size();
}
