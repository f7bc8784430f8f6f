package io.limitledger.gateway.contest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RPermitExpirableSemaphore;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson, as it comes: its own pool of connections, and no setting but the address. */
final class RedissonPeer implements Peer {
    private static final int RATE = 1_000_000;

    private final RedissonClient redisson;

    private RedissonPeer(RedissonClient redisson) {
        this.redisson = redisson;
    }

    /** @param address such as {@code 127.0.0.1:6379} */
    static RedissonPeer connect(String address) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://" + address);
        return new RedissonPeer(Redisson.create(config));
    }

    @Override
    public void createLimit(String name, int slots) {
        redisson.getPermitExpirableSemaphore(name).trySetPermits(slots);
    }

    @Override
    public void createRate(String name) {
        redisson.getRateLimiter(name).trySetRate(RateType.OVERALL, RATE, Duration.ofSeconds(1));
    }

    @Override
    public AutoCloseable acquire(String name, Duration patience, Duration lease) throws Exception {
        RPermitExpirableSemaphore semaphore = redisson.getPermitExpirableSemaphore(name);
        String permit = semaphore.tryAcquire(patience.toMillis(), lease.toMillis(), TimeUnit.MILLISECONDS);
        if (permit == null) {
            throw new IllegalStateException("No slot of '" + name + "' was free within " + patience.toMillis() + " ms");
        }
        return () -> semaphore.release(permit);
    }

    @Override
    public void spend(String name) {
        if (!redisson.getRateLimiter(name).tryAcquire()) {
            throw new IllegalStateException("The rate of '" + name + "' was reached");
        }
    }

    @Override
    public long held(String name) {
        return redisson.getPermitExpirableSemaphore(name).acquiredPermits();
    }

    @Override
    public void close() {
        redisson.shutdown();
    }
}
