package dev.eventbus.driver.embedded;

import dev.eventbus.spi.TopicRequest;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds or creates a topic. */
final class OpenTopic implements WriteOp {

  private final TopicRequest request;
  private final CompletableFuture<TopicRow> opened = new CompletableFuture<>();
  private @Nullable TopicRow topic;

  OpenTopic(TopicRequest request) {
    this.request = request;
  }

  CompletableFuture<TopicRow> opened() {
    return opened;
  }

  @Override
  public void apply(Tables tables) throws SQLException {
    topic = tables.topics().open(request);
  }

  @Override
  public void committed() {
    opened.complete(topic);
  }

  @Override
  public void failed(Exception cause) {
    opened.completeExceptionally(cause);
  }
}
