package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.MemberStarted;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.HistoryEvent.ProcessHalts;
import dev.eventbus.conformance.history.HistoryEvent.ProcessKilled;
import dev.eventbus.conformance.history.HistoryEvent.PublishCalled;
import dev.eventbus.conformance.history.HistoryEvent.PublishFailed;
import dev.eventbus.conformance.history.Stamp;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private static final EventRef EVENT = new EventRef("t", "k", 1, "demo-1");

  private final StringWriter text = new StringWriter();
  private final Progress progress = new Progress(DemoPlan.of(1, 100, 10));

  @Test
  void plainLinesComeOncePerSecond() {
    var view = new PlainView(new PrintWriter(text, true));
    progress.take(new MemberStarted(at(5), "t", "g", HandlerKind.BLOCKING));
    progress.take(new PublishCalled(at(1), EVENT, 0));
    progress.take(handled());

    view.progress(0.9, progress);
    view.progress(1.0, progress);
    view.progress(1.1, progress);
    view.fault(1.2, "something");

    assertThat(text.toString().lines())
        .containsExactly(
            "  1.0 s  published 1  settled 1  member-1 1  member-2 0 (down)",
            "  1.2 s  ! something");
  }

  @Test
  void barsAreDrawnOverThemselves() {
    var view = new LiveView(new PrintWriter(text, true), 100, 80);

    view.progress(0, progress);
    int once = text.toString().length();
    view.progress(0, progress);

    assertThat(text.toString().substring(0, once)).doesNotContain("\u001b");
    assertThat(text.toString().substring(once)).startsWith("\u001b[4A\u001b[2K\n");
    assertThat(text.toString().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
  }

  @Test
  void anEventThatComesAgainIsSettledOnce() {
    progress.take(handled());
    progress.take(handled());

    assertThat(progress.settled()).isEqualTo(1);
    assertThat(progress.handledBy("member-1")).isEqualTo(2);
  }

  @Test
  void aKilledMemberIsDownUntilItsNextProcessHasSubscribed() {
    progress.take(new MemberStarted(at(5), "t", "g", HandlerKind.BLOCKING));
    assertThat(progress.isUp("member-1")).isTrue();

    assertThat(progress.take(new ProcessKilled(at(1), 5))).isEqualTo("kill -9 for member-1");
    assertThat(progress.isUp("member-1")).isFalse();

    assertThat(progress.take(new MemberStarted(at(6), "t", "g", HandlerKind.BLOCKING)))
        .isEqualTo("member-1 is back as process 6");
    assertThat(progress.isUp("member-1")).isTrue();
  }

  @Test
  void faultsAreTold() {
    assertThat(progress.take(new ProcessHalts(at(5), EVENT)))
        .isEqualTo("member-1 dies in the handler of the poison event k#1 (death 1)");
    assertThat(progress.take(new HandlerEnded(at(5), "g", EVENT, 1, Outcome.FAILED, 0, "")))
        .isEqualTo("k#1 fails in member-1 and will be tried again");
    assertThat(progress.take(new DeadLetterSeen(at(1), "g", EVENT, "crashed", 3, 0)))
        .isEqualTo("k#1 is dead-lettered (crashed)");
    assertThat(progress.take(new PublishFailed(at(1), EVENT, "no")))
        .isEqualTo("k#1 is not confirmed: no");
  }

  private static HandlerEnded handled() {
    return new HandlerEnded(at(5), "g", EVENT, 1, Outcome.OK, 0, "");
  }

  private static Stamp at(long pid) {
    return new Stamp("member-1", pid, 0, 0);
  }
}
