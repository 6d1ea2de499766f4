package dev.eventbus.engine;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import java.util.List;

/** Carries what a driver tells to the loop that owns the state. */
record PostingObserver(SubscriptionLoop loop) implements LaneObserver {

  @Override
  public void granted(Lane lane, LaneStart start) {
    loop.post(() -> loop.granted(lane, start));
  }

  @Override
  public void revoking(Lane lane) {
    loop.post(() -> loop.revoking(lane));
  }

  @Override
  public void lost(Lane lane, String why) {
    loop.post(() -> loop.lost(lane, why));
  }

  @Override
  public void arrived(Lane lane, List<LaneEvent> batch) {
    loop.post(() -> loop.arrived(lane, batch));
  }

  @Override
  public void trimmed(Lane lane, long events) {
    loop.post(() -> loop.trimmed(lane, events));
  }

  @Override
  public void dropped(Lane lane, long events) {
    loop.post(() -> loop.dropped(lane, events));
  }

  @Override
  public void degraded(String why) {
    loop.post(() -> loop.degraded(why));
  }

  @Override
  public void recovered() {
    loop.post(loop::recovered);
  }

  @Override
  public void failed(Throwable cause) {
    loop.post(() -> loop.failed(cause));
  }
}
