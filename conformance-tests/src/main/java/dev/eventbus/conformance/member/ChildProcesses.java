package dev.eventbus.conformance.member;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that must not outlive this one. */
final class ChildProcesses {

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::end, "kit-children"));
  }

  private ChildProcesses() {}

  static void endWithThisOne(Process process) {
    RUNNING.removeIf(other -> !other.isAlive());
    RUNNING.add(process);
  }

  private static void end() {
    RUNNING.forEach(Process::destroyForcibly);
  }
}
