package dev.eventbus.cli.demo;

import dev.eventbus.Event;
import dev.eventbus.SubscriptionListener;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.Recorder;
import org.jspecify.annotations.Nullable;

/** Records what a member is told beside its handler. */
final class RecordingListener implements SubscriptionListener {

  private final DemoTopic topic;
  private final Recorder recorder;

  RecordingListener(DemoTopic topic, Recorder recorder) {
    this.topic = topic;
    this.recorder = recorder;
  }

  @Override
  public void deadLettered(String from, int lane, @Nullable Event event, String reason) {
    if (event != null) {
      recorder.add(
          at -> new HistoryEvent.DeadLettered(at, DemoTopic.GROUP, topic.ref(event), reason));
    }
  }

  @Override
  public void discarded(String from, int lane, @Nullable Event event, String reason) {
    if (event != null) {
      recorder.add(at -> new HistoryEvent.Discarded(at, DemoTopic.GROUP, topic.ref(event), reason));
    }
  }

  @Override
  public void trimmed(String from, int lane, long events) {
    recorder.add(at -> new HistoryEvent.Trimmed(at, from, DemoTopic.GROUP, lane, events));
  }

  @Override
  public void laneGranted(String from, int lane, long fence) {
    recorder.add(at -> new HistoryEvent.LaneGranted(at, from, DemoTopic.GROUP, lane, fence));
  }

  @Override
  public void laneLost(String from, int lane, String reason) {
    recorder.add(at -> new HistoryEvent.LaneLost(at, from, DemoTopic.GROUP, lane, reason));
  }
}
