package dev.eventbus.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lets one lane of a process at a time run a suspect: were there two, a death could be blamed on the
 * wrong one (R5). Thread-safe; a turn is granted on the thread that gives it up or asks for it, so
 * the receiver only posts.
 */
final class SuspectTurn {

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean taken;

  void ask(Runnable granted) {
    synchronized (waiting) {
      if (taken) {
        waiting.add(granted);
        return;
      }
      taken = true;
    }
    granted.run();
  }

  void giveUp() {
    @Nullable Runnable next;
    synchronized (waiting) {
      next = waiting.poll();
      taken = next != null;
    }
    if (next != null) {
      next.run();
    }
  }
}
