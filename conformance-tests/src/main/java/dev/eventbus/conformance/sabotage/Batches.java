package dev.eventbus.conformance.sabotage;

import dev.eventbus.spi.LaneEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a saboteur does to a batch. */
final class Batches {

  private Batches() {}

  /** Moves the first events to the end; positions stay, so the log looks right. */
  static void rotate(List<LaneEvent> batch, int events) {
    var decoded = new ArrayList<LaneEvent.Decoded>();
    for (LaneEvent event : batch) {
      if (!(event instanceof LaneEvent.Decoded each)) {
        return;
      }
      decoded.add(each);
    }
    for (int i = 0; i < decoded.size(); i++) {
      LaneEvent.Decoded other = decoded.get((i + events) % decoded.size());
      batch.set(i, new LaneEvent.Decoded(decoded.get(i).position(), other.event()));
    }
  }

  /** Swaps pairs of events of one key; positions stay, so the log looks right. */
  static void swapNeighbours(List<LaneEvent> batch) {
    Map<String, Integer> single = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i) instanceof LaneEvent.Decoded later && later.event().key() != null) {
        Integer before = single.remove(later.event().key());
        if (before == null) {
          single.put(later.event().key(), i);
        } else if (batch.get(before) instanceof LaneEvent.Decoded earlier) {
          batch.set(before, new LaneEvent.Decoded(earlier.position(), later.event()));
          batch.set(i, new LaneEvent.Decoded(later.position(), earlier.event()));
        }
      }
    }
  }
}
