package dev.eventbus.engine;

import dev.eventbus.Event;

/**
 * An exhausted event on its way to the dead letters.
 *
 * @param letter the event with the headers of a dead letter
 * @param reason why, for people
 * @param failures how often its write has failed
 */
record Burial(Event letter, String reason, int failures) {

  Burial failedAgain() {
    return new Burial(letter, reason, failures + 1);
  }
}
