package dev.eventbus.driver.embedded;

import java.util.List;

/** Looks which threads of drivers there are. */
final class Threads {

  private Threads() {}

  static List<String> ofDriver() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("eventbus-embedded"))
        .sorted()
        .toList();
  }
}
