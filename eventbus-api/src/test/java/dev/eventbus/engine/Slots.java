package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.DriverTraits.SettledAhead;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes slots and lanes for tests of single parts. */
final class Slots {

  static final DriverTraits TRAITS = new DriverTraits(SettledAhead.RECORD, 4000);

  private Slots() {}

  static LaneEvent event(long minor, @Nullable String key) {
    Event event = Event.builder().id("e" + minor).key(key).payload("p").build();
    return new LaneEvent.Decoded(Position.of(minor), event);
  }

  /** An event without a key. */
  static Slot slot(long minor) {
    return new Slot(minor, event(minor, null), null);
  }

  static Slot slot(long minor, String key, KeyQueue queue) {
    Slot slot = new Slot(minor, event(minor, key), queue);
    queue.add(slot);
    return slot;
  }

  static LaneWork lane(int number) {
    return lane(number, TRAITS);
  }

  static LaneWork lane(int number, DriverTraits traits) {
    var context = new LaneContext(
        LaneLimits.of(100, 16, traits),
        traits.settledAhead(),
        new RetrySchedule(),
        new InFlightBudget(16, 16, 100),
        new VirtualRuntime());
    return new LaneWork(
        context,
        new TestLane(number),
        new LaneStart(null, null, ""),
        LaneRecord.none(),
        new LaneCredit(new LaneCredit.Pool(1 << 20), 1000),
        Set.of());
  }
}
