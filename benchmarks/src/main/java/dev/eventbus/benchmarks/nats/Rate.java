package dev.eventbus.benchmarks.nats;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How fast, and at what cost.
 *
 * @param perSecond events per second
 * @param cpuMicros processor time of this process for each event, in microseconds; not the servers'
 */
record Rate(double perSecond, double cpuMicros) {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** A point in time. */
  record Instant(long nanos, long cpuNanos) {

    static Instant now() {
      return new Instant(System.nanoTime(), SYSTEM.getProcessCpuTime());
    }

    Rate until(Instant end, int events) {
      return new Rate(events * 1e9 / (end.nanos - nanos), (end.cpuNanos - cpuNanos) / 1e3 / events);
    }
  }

  /** Those of one way of doing it. */
  static final class Many {
    private final Series perSecond = new Series();
    private final Series cpuMicros = new Series();

    void add(Rate rate) {
      perSecond.add(rate.perSecond());
      cpuMicros.add(rate.cpuMicros());
    }

    @Override
    public String toString() {
      return "%s/s, %s us".formatted(perSecond.text("%,.0f"), cpuMicros.text("%.1f"));
    }
  }
}
