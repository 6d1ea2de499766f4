package dev.eventbus.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.Call;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  @TempDir
  Path directory;

  private static List<HistoryEvent> oneOfMany() {
    var script = new HistoryScript();
    script.publish("schlüssel \"\\\n\u0001 😀 \ud800", 1, 2).member("m").handle("m", "a", 1, 1);
    script.fail("m", "a", 2, 1, 1).end(script.start("m", "a", 2), Outcome.RETRY_LATER);
    script.deadLettered("m", "a", 2).letter("a", 2, 3).kill("m").halts("n", "a", 3);
    script.suspend("m").proceed("m").call("m", Call.PAUSE);
    var at = script.at("test");
    var noKey = new EventRef("t", null, 4, "x");
    return script
        .add(new HistoryEvent.PublishFailed(at, noKey, "why"))
        .add(new HistoryEvent.PublishUnknown(at, noKey, ""))
        .add(new HistoryEvent.Discarded(at, "g", noKey, "why"))
        .add(new HistoryEvent.Trimmed(at, "t", "g", 3, 17))
        .add(new HistoryEvent.LaneGranted(at, "t", "g", 3, Long.MAX_VALUE))
        .add(new HistoryEvent.LaneLost(at, "t", "g", 3, "lease"))
        .add(new HistoryEvent.MemberStopped(at))
        .add(new HistoryEvent.ProcessGone(at, 4, 137))
        .add(new HistoryEvent.BrokerFault(at, BrokerEvent.AWAY, "kill -9"))
        .add(new HistoryEvent.GaveUp(at, "why"))
        .add(new HistoryEvent.Note(at, "{}"))
        .lines();
  }

  private Path write(String name, List<HistoryEvent> lines) throws IOException {
    Path file = directory.resolve(name);
    try (var writer = new HistoryWriter(file)) {
      lines.forEach(writer::add);
    }
    return file;
  }

  @Test
  void everyKindOfLineComesBackAsItWas() throws IOException {
    List<HistoryEvent> lines = oneOfMany();
    assertThat(lines.stream().map(Object::getClass).distinct())
        .as("kinds of lines in this test")
        .hasSize(HistoryEvent.class.getPermittedSubclasses().length);
    assertThat(HistoryReader.read(List.of(write("all.jsonl", lines))))
        .containsExactlyElementsOf(lines);
  }

  @Test
  void aTornLastLineIsLeftOut() throws IOException {
    List<HistoryEvent> lines = oneOfMany();
    Path file = write("torn.jsonl", lines);
    Files.writeString(file, "{\"type\":\"Note\",\"memb", StandardOpenOption.APPEND);
    assertThat(HistoryReader.read(List.of(file))).hasSameSizeAs(lines);
  }

  @Test
  void filesOfSeveralProcessesAreMergedByTime() throws IOException {
    var first = new HistoryScript().publish("a", 1, 1).after(10).publish("a", 2, 2);
    var second = new HistoryScript().after(5).publish("b", 1, 1);
    write("one.jsonl", first.lines());
    write("two.jsonl", second.lines());
    assertThat(HistoryReader.readDirectory(directory))
        .isSortedAccordingTo(HistoryReader.BY_TIME)
        .hasSize(6);
  }

  @Test
  void aSecondWriterAppends() throws IOException {
    List<HistoryEvent> lines = oneOfMany();
    write("twice.jsonl", lines);
    assertThat(HistoryReader.read(List.of(write("twice.jsonl", lines)))).hasSize(2 * lines.size());
  }
}
