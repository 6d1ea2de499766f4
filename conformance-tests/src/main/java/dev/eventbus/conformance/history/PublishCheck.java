package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** P2: the events of a key are stored in call order. */
final class PublishCheck {

  private final Timeline timeline;
  private final Findings findings;

  PublishCheck(Timeline timeline, Findings findings) {
    this.timeline = timeline;
    this.findings = findings;
  }

  private record TopicKey(String topic, String key) {}

  void run() {
    Map<TopicKey, List<PublishOk>> byKey = new HashMap<>();
    for (PublishOk stored : timeline.publishes.ok.values()) {
      String key = stored.event().key();
      if (key != null) {
        byKey
            .computeIfAbsent(new TopicKey(stored.event().topic(), key), any -> new ArrayList<>())
            .add(stored);
      }
    }
    byKey.values().forEach(this::check);
  }

  private void check(List<PublishOk> stored) {
    stored.sort(Comparator.comparingLong(line -> line.event().number()));
    for (int i = 1; i < stored.size(); i++) {
      PublishOk before = stored.get(i - 1);
      PublishOk after = stored.get(i);
      if (before.lane() != after.lane()
          || Positions.compare(before.position(), after.position()) >= 0) {
        findings.add(
            Kind.STORED_ORDER,
            Clause.P2,
            "%s is stored before %s".formatted(after.event(), before.event()),
            List.of(before, after));
      }
    }
  }
}
