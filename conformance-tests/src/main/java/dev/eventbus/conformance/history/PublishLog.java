package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.PublishCalled;
import dev.eventbus.conformance.history.HistoryEvent.PublishFailed;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was published, and what publishers were told. */
final class PublishLog {

  final Map<String, PublishCalled> called = new LinkedHashMap<>();
  final Map<String, PublishOk> ok = new LinkedHashMap<>();
  final Map<String, PublishFailed> failed = new LinkedHashMap<>();
  final Map<String, Integer> okSeqs = new HashMap<>();

  void read(HistoryEvent line, int seq) {
    if (line instanceof PublishCalled call) {
      called.put(call.event().id(), call);
    } else if (line instanceof PublishOk told) {
      ok.put(told.event().id(), told);
      okSeqs.put(told.event().id(), seq);
    } else if (line instanceof PublishFailed told) {
      failed.put(told.event().id(), told);
    }
  }

  /** Whether an event's digest is another than the one it was published with; 0 is unknown. */
  boolean changed(String id, long digest) {
    @Nullable PublishCalled call = called.get(id);
    return call != null && digest != 0 && call.digest() != 0 && call.digest() != digest;
  }
}
