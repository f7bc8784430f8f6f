package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Holder;
import io.limitledger.gateway.events.LimitHistory.Alternatives;
import io.limitledger.whatif.Figures;
import io.limitledger.whatif.Figures.Share;
import io.limitledger.whatif.Shift;
import io.limitledger.whatif.Span;
import io.limitledger.whatif.WhatIf;
import io.limitledger.wire.SecondsJson;
import io.limitledger.wire.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;

/** What was on a limit, and what would have been. Durations in seconds. */
record WhatIfBody(
        String limit, Instant from, Instant to, int commands, FiguresBody actual, List<CandidateBody> candidates) {
    /** Enough for a reader; the rest is noise. */
    private static final MathContext DIGITS = new MathContext(6);

    static WhatIfBody of(String limit, Span span, Alternatives alternatives) {
        return new WhatIfBody(
                limit,
                Instant.ofEpochMilli(span.from()),
                Instant.ofEpochMilli(span.to()),
                alternatives.commands(),
                FiguresBody.of(alternatives.actual()),
                alternatives.candidates().stream().map(CandidateBody::of).toList());
    }

    /** Under one other definition; in the order in which they were asked for. */
    record CandidateBody(FiguresBody figures, List<ShiftBody> shifts, long assumedHolds, boolean asItWas) {
        static CandidateBody of(WhatIf.Candidate candidate) {
            return new CandidateBody(
                    FiguresBody.of(candidate.figures()),
                    candidate.shifts().stream().map(ShiftBody::of).toList(),
                    candidate.assumedHolds(),
                    candidate.isAsItWas());
        }
    }

    /** As in {@link Figures}. */
    record FiguresBody(
            long requests,
            long granted,
            long denied,
            long gaveUp,
            long waiting,
            WaitBody waitSeconds,
            BigDecimal meanOccupied,
            BigDecimal peakOccupied,
            BigDecimal utilisation,
            BigDecimal grantedPerHour,
            long denials,
            long expired,
            List<PointBody> curve) {
        static FiguresBody of(Figures figures) {
            Figures.Waits waits = figures.waits();
            return new FiguresBody(
                    figures.requests(),
                    figures.granted(),
                    figures.denied(),
                    figures.gaveUp(),
                    figures.waiting(),
                    new WaitBody(
                            rounded(waits.meanMillis() / 1_000),
                            SecondsJson.seconds(waits.p50Millis()),
                            SecondsJson.seconds(waits.p95Millis()),
                            SecondsJson.seconds(waits.p99Millis()),
                            SecondsJson.seconds(waits.maxMillis())),
                    rounded(figures.meanOccupied()),
                    rounded(figures.peakOccupied()),
                    rounded(figures.utilisation()),
                    rounded(figures.grantedPerHour()),
                    figures.denials(),
                    figures.expired(),
                    figures.curve().stream().map(PointBody::of).toList());
        }
    }

    record WaitBody(BigDecimal mean, BigDecimal p50, BigDecimal p95, BigDecimal p99, BigDecimal max) {}

    record PointBody(Instant at, BigDecimal occupied, BigDecimal waiting, long granted, long denied) {
        static PointBody of(Figures.Point point) {
            return new PointBody(
                    Instant.ofEpochMilli(point.at()),
                    rounded(point.occupied()),
                    rounded(point.waiting()),
                    point.granted(),
                    point.denied());
        }
    }

    /** @param name of a key, or what a holder said of itself */
    record ShiftBody(String group, Object name, ShareBody was, ShareBody wouldBe) {
        static ShiftBody of(Shift shift) {
            boolean isJson =
                    shift.group() == Shift.Group.HOLDER && !shift.name().isEmpty();
            return new ShiftBody(
                    Words.of(shift.group()),
                    isJson ? new Holder(shift.name()) : shift.name(),
                    ShareBody.of(shift.was()),
                    ShareBody.of(shift.wouldBe()));
        }
    }

    record ShareBody(long requests, long granted, long denied, BigDecimal meanWaitSeconds) {
        static ShareBody of(Share share) {
            return new ShareBody(
                    share.requests(), share.granted(), share.denied(), rounded(share.meanWaitMillis() / 1_000));
        }
    }

    private static BigDecimal rounded(double number) {
        return new BigDecimal(number, DIGITS).stripTrailingZeros();
    }
}
