package dev.eventbus.driver.embedded;

import dev.eventbus.LaneLag;
import dev.eventbus.StartAt;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers from the database on the reading loop, and moves groups through the keeper. */
final class EmbeddedAdmin implements TopicAdmin {

  private final AdminTable table;
  private final Wiring wiring;

  /** A look at the database. */
  private interface Look<T> {
    T at(AdminTable table) throws StoreException;
  }

  EmbeddedAdmin(AdminTable table, Wiring wiring) {
    this.table = table;
    this.wiring = wiring;
  }

  @Override
  public List<TopicInfo> topics() {
    return look(AdminTable::topics);
  }

  @Override
  public Optional<TopicInfo> topic(String name) {
    return look(at -> at.topic(name));
  }

  @Override
  public List<String> groups(String topic) {
    return look(at -> at.groups(topic));
  }

  @Override
  public List<LaneLag> lag(String topic, String group) {
    List<LaneLag> found = look(at -> at.lag(topic, group));
    if (found.isEmpty()) {
      throw Texts.noGroup(topic, group);
    }
    return found;
  }

  @Override
  public void replay(String topic, String group, StartAt to) {
    var replay = new Replay(topic, group, to, wiring.locks());
    wiring.keeper().submit(replay);
    Waiting.get(
        replay.moved(),
        Waiting.CALL,
        () -> "The database (%s) was not written within 10 s.".formatted(EmbeddedConfig.FILE));
  }

  private <T> T look(Look<T> look) {
    var answer = new CompletableFuture<T>();
    wiring.signals().post(() -> {
      try {
        answer.complete(look.at(table));
      } catch (StoreException failure) {
        answer.completeExceptionally(failure.toDriverException());
      }
    });
    return Waiting.get(
        answer,
        Waiting.CALL,
        () -> "The database (%s) was not read within 10 s.".formatted(EmbeddedConfig.FILE));
  }
}
