package dev.eventbus.engine;

import dev.eventbus.Health;
import dev.eventbus.LaneLag;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionState;
import dev.eventbus.SubscriptionStats;
import dev.eventbus.spi.Driver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** What an application holds of a {@link SubscriptionLoop}. */
final class MemberSubscription implements Subscription {

  private final SubscriptionLoop loop;
  private final Driver driver;
  private final Offers offers;
  private final Consumer<MemberSubscription> closed;

  MemberSubscription(
      SubscriptionLoop loop, Driver driver, Offers offers, Consumer<MemberSubscription> closed) {
    this.loop = loop;
    this.driver = driver;
    this.offers = offers;
    this.closed = closed;
  }

  @Override
  public String topic() {
    return loop.topic();
  }

  @Override
  public String group() {
    return loop.group();
  }

  @Override
  public SubscriptionState state() {
    return loop.state();
  }

  @Override
  public void pause() {
    await(loop.pause());
  }

  @Override
  public void resume() {
    loop.resume();
  }

  @Override
  public List<LaneLag> lag() {
    offers.require("F4");
    return driver.admin().lag(loop.topic(), loop.group());
  }

  @Override
  public SubscriptionStats stats() {
    return loop.stats();
  }

  @Override
  public Health health() {
    return loop.health();
  }

  /** Begins to close without waiting, so that several drain side by side. */
  CompletableFuture<Void> beginClose() {
    return loop.close();
  }

  @Override
  public void close() {
    await(beginClose());
    closed.accept(this);
  }

  /** Waits also when interrupted: half a close would leave lanes behind. */
  private static void await(CompletableFuture<Void> done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.get();
        break;
      } catch (InterruptedException wanted) {
        interrupted = true;
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
