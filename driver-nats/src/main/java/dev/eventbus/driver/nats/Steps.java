package dev.eventbus.driver.nats;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls to the server of which one follows the other. A new beginning makes all that are under way
 * void: what still comes of them is dropped.
 */
final class Steps {

  private final ServerCalls calls;
  private final Serial serial;
  private final Consumer<Throwable> failed;

  /** Changed within the serial alone, read anywhere. */
  private final AtomicInteger beginning = new AtomicInteger();

  /** {@code failed} is told, within the serial, of what no repetition mends. */
  Steps(ServerCalls calls, Serial serial, Consumer<Throwable> failed) {
    this.calls = calls;
    this.serial = serial;
    this.failed = failed;
  }

  /** Makes what is under way void. */
  void beginAnew() {
    beginning.incrementAndGet();
  }

  /** Goes on with the result of a call, which is repeated until it succeeds. */
  <T> void then(Supplier<CompletableFuture<T>> call, Consumer<T> next) {
    int current = beginning.get();
    BooleanSupplier wanted = () -> beginning.get() == current;
    serial.after(
        calls.untilDone(call, wanted),
        value -> {
          if (wanted.getAsBoolean()) {
            next.accept(value);
          }
        },
        failure -> {
          if (wanted.getAsBoolean()) {
            failed.accept(failure);
          }
        });
  }

  /** Goes on after a while. */
  void later(Duration delay, Runnable next) {
    int current = beginning.get();
    calls.later(
        delay,
        () -> serial.execute(() -> {
          if (beginning.get() == current) {
            next.run();
          }
        }));
  }
}
