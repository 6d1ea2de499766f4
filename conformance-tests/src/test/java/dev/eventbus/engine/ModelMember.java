package dev.eventbus.engine;

import dev.eventbus.spi.LaneObserver;
import java.util.ArrayList;
import java.util.List;

/** A member as the model's broker sees it. */
final class ModelMember {

  final VirtualProcess process;
  final LaneObserver observer;
  final long leaseNanos;
  final List<ModelOwnership> owned = new ArrayList<>();

  /** When the broker last heard of it. */
  long heard;

  /** When it sent what the broker last confirmed: its own, earlier view of the same. */
  long surely;

  boolean retired;
  boolean left;

  ModelMember(VirtualProcess process, LaneObserver observer, long leaseNanos, long now) {
    this.process = process;
    this.observer = observer;
    this.leaseNanos = leaseNanos;
    this.heard = now;
    this.surely = now;
  }
}
