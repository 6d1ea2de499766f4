package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.spi.TopicRequest;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Opens the streams of topics: creates what is missing, and takes what is there only if it fits. */
final class TopicStreams {

  private final ServerCalls calls;
  private final StreamShape shape;
  private final BooleanSupplier open;

  TopicStreams(ServerCalls calls, StreamShape shape, BooleanSupplier open) {
    this.calls = calls;
    this.shape = shape;
    this.open = open;
  }

  /** The stream of a topic, created when there is none. */
  CompletableFuture<TopicStream> open(TopicRequest request) {
    String stream = NatsNames.stream(request.name());
    return find(stream)
        .thenCompose(info ->
            info == null ? create(stream, request) : CompletableFuture.completedFuture(info))
        .thenApply(info -> fitting(request, info))
        .exceptionallyCompose(failure -> failed(request.name(), failure));
  }

  private CompletionStage<TopicStream> failed(String topic, Throwable failure) {
    return CompletableFuture.failedFuture(
        Refusals.explained("topic \"" + topic + "\"", ServerCalls.cause(failure)));
  }

  /** The stream, or null when there is none. */
  CompletableFuture<StreamInfo> find(String stream) {
    return calls.untilDone(() -> calls.streamInfo(stream), open).exceptionallyCompose(failure -> {
      Throwable cause = ServerCalls.cause(failure);
      return cause instanceof ServerRefusal refusal && refusal.notFound()
          ? CompletableFuture.completedFuture(null)
          : CompletableFuture.failedFuture(cause);
    });
  }

  private CompletableFuture<StreamInfo> create(String stream, TopicRequest request) {
    String config = shape.of(request.name(), request.lanes().value()).toJson();
    return calls
        .untilDone(() -> calls.createStream(stream, config), open)
        .exceptionallyCompose(failure -> {
          Throwable cause = ServerCalls.cause(failure);
          // Somebody else was first, with other lanes or limits.
          return cause instanceof ServerRefusal refusal
                  && refusal.code() == ServerRefusal.STREAM_EXISTS
              ? calls.untilDone(() -> calls.streamInfo(stream), open)
              : CompletableFuture.failedFuture(cause);
        });
  }

  private TopicStream fitting(TopicRequest request, StreamInfo info) {
    StreamConfiguration found = info.getConfiguration();
    int lanes = StreamShape.lanesOf(found)
        .orElseThrow(() -> new DriverException(
            NatsError.TOPIC_MISFIT,
            "Stream " + found.getName() + " exists and is no topic of the bus: it has no lane count"
                + " in its metadata (" + StreamShape.LANES + "). Rename the topic, or remove the"
                + " stream."));
    request.lanes().checkAgainst(request.name(), lanes);
    shape.check(request.name(), lanes, found);
    return new TopicStream(request.name(), found.getName(), lanes, info.getCreateTime());
  }
}
