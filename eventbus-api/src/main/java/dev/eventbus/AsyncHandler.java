package dev.eventbus;

import java.util.concurrent.CompletionStage;

/** Handles one delivery without holding a thread until it is done; see {@link Handler#async}. */
@FunctionalInterface
public interface AsyncHandler {

  /** Starts the work; the delivery is settled when the stage completes normally (A9). */
  CompletionStage<?> start(Delivery delivery) throws Exception;
}
