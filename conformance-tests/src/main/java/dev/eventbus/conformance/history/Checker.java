package dev.eventbus.conformance.history;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a history by the contract, from the history alone.
 *
 * <p>Stateless. Handlers are recorded first thing and last thing, so their spans in a history lie
 * within the real ones, and what is found did happen. The order of the history breaks ties of time.
 */
public final class Checker {

  private Checker() {}

  /** What the history breaks, if anything. */
  public static Verdict check(List<HistoryEvent> history, Expectations expectations) {
    var timeline = new Timeline(history);
    var findings = new Findings();
    var attribution = new Attribution(timeline, expectations.lease());
    var repeats = new RepeatCheck(timeline, expectations, attribution, findings);
    new PublishCheck(timeline, findings).run();
    new CompletenessCheck(timeline, expectations, attribution, findings).run();
    new OrderCheck(timeline, attribution, findings).run();
    new OverlapCheck(timeline, attribution, findings).run();
    repeats.run();
    new AttemptCheck(timeline, expectations, findings).run();
    new BackoffCheck(timeline, expectations, findings).run();
    new DeadLetterCheck(timeline, expectations, findings).run();
    new FlowCheck(timeline, expectations, findings).run();
    new FenceCheck(timeline, findings).run();
    new TakeoverCheck(timeline, expectations, findings).run();
    new StallCheck(timeline, expectations, findings).run();
    new ReturnCheck(timeline, findings).run();
    return new Verdict(seen(timeline, repeats), findings.counts(), findings.kept());
  }

  private static Verdict.Seen seen(Timeline timeline, RepeatCheck repeats) {
    Set<String> keys = new HashSet<>();
    timeline.publishes.called.values().stream()
        .map(call -> call.event().topic() + "/" + call.event().key())
        .forEach(keys::add);
    int settled = 0;
    int deadLettered = 0;
    for (Map<String, Tracked> events : timeline.groups.values()) {
      for (Tracked event : events.values()) {
        settled += event.settled() ? 1 : 0;
        deadLettered += event.letters.isEmpty() ? 0 : 1;
      }
    }
    return new Verdict.Seen(
        timeline.publishes.called.size(),
        keys.size(),
        timeline.faults.deaths(),
        timeline.faults.suspensions(),
        timeline.faults.silences(),
        timeline.outages.all().size(),
        timeline.poison.size(),
        timeline.runs.size(),
        settled,
        deadLettered,
        repeats.allowedCount(),
        repeats.mostAllowed());
  }
}
