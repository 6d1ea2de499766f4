package dev.eventbus.conformance.member;

import dev.eventbus.Event;
import dev.eventbus.SubscriptionListener;
import dev.eventbus.conformance.history.HistoryEvent.DeadLettered;
import dev.eventbus.conformance.history.HistoryEvent.Discarded;
import dev.eventbus.conformance.history.HistoryEvent.LaneGranted;
import dev.eventbus.conformance.history.HistoryEvent.LaneLost;
import dev.eventbus.conformance.history.HistoryEvent.Trimmed;
import dev.eventbus.conformance.history.Recorder;
import org.jspecify.annotations.Nullable;

/** Writes down what a member is told. */
record RecordingListener(Recorder recorder, String group) implements SubscriptionListener {

  @Override
  public void deadLettered(String topic, int lane, @Nullable Event event, String reason) {
    if (event != null) {
      recorder.add(at -> new DeadLettered(at, group, KitEvents.ref(topic, event), reason));
    }
  }

  @Override
  public void discarded(String topic, int lane, @Nullable Event event, String reason) {
    if (event != null) {
      recorder.add(at -> new Discarded(at, group, KitEvents.ref(topic, event), reason));
    }
  }

  @Override
  public void trimmed(String topic, int lane, long events) {
    recorder.add(at -> new Trimmed(at, topic, group, lane, events));
  }

  @Override
  public void laneGranted(String topic, int lane, long fence) {
    recorder.add(at -> new LaneGranted(at, topic, group, lane, fence));
  }

  @Override
  public void laneLost(String topic, int lane, String reason) {
    recorder.add(at -> new LaneLost(at, topic, group, lane, reason));
  }
}
