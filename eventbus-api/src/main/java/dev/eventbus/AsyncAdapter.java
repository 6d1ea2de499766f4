package dev.eventbus;

import java.util.concurrent.CompletionStage;

/** Lets an asynchronous handler stand where a handler is asked for; the engine looks for both. */
record AsyncAdapter(AsyncHandler target) implements Handler, AsyncHandler {

  @Override
  public CompletionStage<?> start(Delivery delivery) throws Exception {
    return target.start(delivery);
  }

  /** Only a caller that does not know of asynchronous handlers comes here; it waits. */
  @Override
  public void handle(Delivery delivery) throws Exception {
    target.start(delivery).toCompletableFuture().get();
  }
}
