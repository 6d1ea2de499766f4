package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.cli.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private final StringWriter text = new StringWriter();
  private final Progress progress = new Progress(DemoPlan.of(1, 100, 10));

  @Test
  void plainLinesComeOncePerSecond() throws Exception {
    var view = new PlainView(new PrintWriter(text, true));
    take("{\"type\":\"MemberStarted\",\"member\":\"member-1\",\"pid\":5}");
    take("{\"type\":\"PublishCalled\",\"id\":\"demo-1\"}");
    take(
        "{\"type\":\"HandlerEnded\",\"member\":\"member-1\",\"id\":\"demo-1\",\"outcome\":\"OK\"}");

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
  void anEventThatComesAgainIsSettledOnce() throws Exception {
    String line =
        "{\"type\":\"HandlerEnded\",\"member\":\"member-1\",\"id\":\"demo-1\",\"outcome\":\"OK\"}";

    take(line);
    take(line);

    assertThat(progress.settled()).isEqualTo(1);
    assertThat(progress.handledBy("member-1")).isEqualTo(2);
  }

  @Test
  void aKilledMemberIsDownUntilItsNextProcessHasSubscribed() throws Exception {
    take("{\"type\":\"MemberStarted\",\"member\":\"member-1\",\"pid\":5}");
    assertThat(progress.isUp("member-1")).isTrue();

    assertThat(take("{\"type\":\"ProcessKilled\",\"target\":5}")).isEqualTo("kill -9 for member-1");
    assertThat(progress.isUp("member-1")).isFalse();

    assertThat(take("{\"type\":\"MemberStarted\",\"member\":\"member-1\",\"pid\":6}"))
        .contains("is back");
    assertThat(progress.isUp("member-1")).isTrue();
  }

  private String take(String json) throws Exception {
    return progress.take(Json.MAPPER.readTree(json));
  }
}
