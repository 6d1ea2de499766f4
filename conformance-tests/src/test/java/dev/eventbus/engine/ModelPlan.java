package dev.eventbus.engine;

import dev.eventbus.spi.TopicWriter.Ordering;
import java.util.List;

/** What a seed has drawn for one schedule. */
record ModelPlan(
    int lanes,
    int keys,
    int events,
    int members,
    ModelLane.Memory memory,
    Ordering ordering,
    long maxLatencyNanos,
    long leaseNanos,
    boolean noticesDeath,
    double lostCommits,
    double slowCommits,
    double refusedAppends,
    long maxGap,
    int maxInFlight,
    int concurrency,
    int maxSpan,
    double failures,
    int poison) {

  static ModelPlan draw(VirtualTime time) {
    long latency = time.between(200_000, 8_000_000);
    return new ModelPlan(
        (int) time.between(1, 4),
        (int) time.between(1, 12),
        (int) time.between(20, 120),
        (int) time.between(1, 3),
        time.chance(0.5) ? ModelLane.Memory.EACH_SETTLE : ModelLane.Memory.FLOOR_AND_RECORD,
        List.of(Ordering.values()).get((int) time.between(0, 2)),
        latency,
        time.between(500, 3000) * 1_000_000,
        time.chance(0.5),
        time.chance(0.5) ? 0 : 0.1,
        time.chance(0.5) ? 0 : 0.2,
        time.chance(0.5) ? 0 : 0.2,
        time.chance(0.5) ? 0 : time.between(1, 9),
        (int) time.between(1, 30),
        (int) time.between(1, 12),
        (int) time.between(10, 60),
        time.chance(0.5) ? 0 : 0.1,
        time.chance(0.3) ? 1 : 0);
  }
}
