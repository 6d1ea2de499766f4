package dev.eventbus.engine;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One thread that runs the tasks of many simulated processes, in an order that a seed decides. */
final class VirtualTime {

  /** A task of a process, or of the world when the process is null. */
  private record Task(long at, long tie, @Nullable VirtualProcess process, Runnable work)
      implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(tie, other.tie);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final SplittableRandom random;
  private long now = 1_000_000_000L;

  VirtualTime(SplittableRandom random) {
    this.random = random;
  }

  long nanos() {
    return now;
  }

  SplittableRandom random() {
    return random;
  }

  /** Draws evenly from the range, both ends included. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  void in(long nanos, @Nullable VirtualProcess process, Runnable work) {
    at(now + nanos, process, work);
  }

  /** Tasks of one time run in a drawn order. */
  void at(long time, @Nullable VirtualProcess process, Runnable work) {
    tasks.add(new Task(Math.max(time, now), random.nextLong(), process, work));
  }

  /** Runs the next task; false when there is none, or it is later than the limit. */
  boolean step(long limit) {
    Task task = tasks.peek();
    if (task == null || task.at > limit) {
      return false;
    }
    tasks.remove();
    now = task.at;
    if (task.process == null || task.process.mayRun(task.work)) {
      task.work.run();
    }
    return true;
  }
}
