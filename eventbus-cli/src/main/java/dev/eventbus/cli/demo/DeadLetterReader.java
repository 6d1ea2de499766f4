package dev.eventbus.cli.demo;

import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.Delivery;
import dev.eventbus.Handler;
import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.Recorder;

/** Records the dead letters as they are on their topic. */
final class DeadLetterReader implements Handler {

  static final String GROUP = "demo-audit";

  private final DemoTopic topic;
  private final Recorder recorder;

  DeadLetterReader(DemoTopic topic, Recorder recorder) {
    this.topic = topic;
    this.recorder = recorder;
  }

  @Override
  public void handle(Delivery delivery) {
    var letter = delivery.event();
    EventRef original = topic.ref(letter);
    String reason = letter.headers().getOrDefault(DeadLetterHeaders.REASON, "");
    int attempts = Integer.parseInt(letter.headers().getOrDefault(DeadLetterHeaders.ATTEMPTS, "0"));
    recorder.add(at -> new HistoryEvent.DeadLetterSeen(
        at, DemoTopic.GROUP, original, reason, attempts, DemoTopic.digest(letter)));
  }
}
