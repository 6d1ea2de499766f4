package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import dev.eventbus.LaneLag;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers from the database, on the reading loop. */
final class EmbeddedAdmin implements TopicAdmin {

  private final AdminTable table;
  private final Signals signals;

  /** A look at the database. */
  private interface Look<T> {
    T at(AdminTable table) throws StoreException;
  }

  EmbeddedAdmin(AdminTable table, Signals signals) {
    this.table = table;
    this.signals = signals;
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
      throw new DriverException(
          EmbeddedError.NOT_FOUND,
          "Topic %s has no group %s in this database: check both names, or subscribe first."
              .formatted(topic, group));
    }
    return found;
  }

  private <T> T look(Look<T> look) {
    var answer = new CompletableFuture<T>();
    signals.post(() -> {
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
