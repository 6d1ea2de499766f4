package dev.eventbus.conformance.sabotage;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.util.concurrent.CompletionStage;

/** A driver whose lanes and dead letters a saboteur has in hand. */
final class SabotagedDriver extends DelegatingDriver {

  private final Saboteur saboteur;

  SabotagedDriver(Driver driver, Saboteur saboteur) {
    super(driver);
    this.saboteur = saboteur;
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    CompletionStage<TopicWriter> honest = super.writer(topic);
    return honest.thenApply(writer -> DeadLetterTopic.parse(topic.name()).isPresent()
        ? new SabotagedDeadLetters(writer, saboteur)
        : new SabotagedWriter(new SabotagedDelays(writer, saboteur), saboteur));
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    return super.join(request, new SabotagedObserver(observer, saboteur));
  }
}
