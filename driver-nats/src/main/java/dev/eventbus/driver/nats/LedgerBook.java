package dev.eventbus.driver.nats;

import java.util.concurrent.CompletableFuture;

/** The book of a lane in a durable group: its page in the {@link Ledger}. */
final class LedgerBook implements LaneBook {

  private final Ledger ledger;
  private final String key;
  private final String member;
  private final Ledger.Entry found;

  private volatile long revision;
  private volatile String record;

  /** With the entry that was found: the lane is taken only if it has not changed since. */
  LedgerBook(Ledger ledger, String key, String member, Ledger.Entry found) {
    this.ledger = ledger;
    this.key = key;
    this.member = member;
    this.found = found;
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

  private CompletableFuture<Void> put(Ledger.Page page) {
    long expected = revision;
    return ledger.write(key, expected, member, page).thenAccept(written -> {
      revision = written;
      record = page.record();
    });
  }
}
