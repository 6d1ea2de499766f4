package dev.eventbus.cli;

import java.util.concurrent.Callable;

/** Does something when the process is told to end (Ctrl-C, SIGTERM) in the middle of a work. */
public final class OnSignal {

  private OnSignal() {}

  /**
   * Does the work. If the process is told to end meanwhile, the action runs on another thread, and
   * the process lives until the action returns.
   */
  public static <T> T during(Runnable action, Callable<T> work) throws Exception {
    var hook = new Thread(action, "eventbus-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The action runs or has run.
    }
  }
}
