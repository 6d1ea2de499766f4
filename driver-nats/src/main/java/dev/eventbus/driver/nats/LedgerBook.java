package dev.eventbus.driver.nats;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The book of a lane in a durable group: its page in the {@link Ledger}. */
final class LedgerBook implements LaneBook {

  private final ServerCalls calls;
  private final Ledger ledger;
  private final String key;
  private final String member;
  private final BooleanSupplier wanted;
  private final Ledger.Entry found;

  private volatile long revision;
  private volatile String record;

  /** With the entry that was found: the lane is taken only if it has not changed since. */
  LedgerBook(
      ServerCalls calls,
      Ledger ledger,
      String key,
      String member,
      Ledger.Entry found,
      BooleanSupplier wanted) {
    this.calls = calls;
    this.ledger = ledger;
    this.key = key;
    this.member = member;
    this.found = found;
    this.wanted = wanted;
    this.revision = found.revision();
    this.record = found.page().record();
  }

  @Override
  public CompletableFuture<Opening> take() {
    return put(new Ledger.Page(member, found.page().seen(), record))
        .thenApply(done -> new Opening(revision, found.page().seen(), record));
  }

  @Override
  public CompletableFuture<Void> confirm() {
    return put(new Ledger.Page(member, 0, record));
  }

  @Override
  public CompletableFuture<Void> write(String next) {
    if (next.equals(record)) {
      return CompletableFuture.completedFuture(null);
    }
    return put(new Ledger.Page(member, 0, next));
  }

  @Override
  public CompletableFuture<Void> release(String next, long seen) {
    return put(new Ledger.Page("", seen, next));
  }

  /** The expected revision is fixed here: a late repeat of this write cannot undo a later one. */
  private CompletableFuture<Void> put(Ledger.Page page) {
    long expected = revision;
    return calls
        .untilDone(() -> ledger.write(key, expected, page), wanted)
        .thenAccept(written -> {
          revision = written;
          record = page.record();
        });
  }
}
