package dev.eventbus.driver.nats;

import io.nats.client.Message;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * The key-value bucket of the bus. Two kinds of keys: for each lane of a group its owner and its
 * record, which change only where the revision is the expected one; for each member its lease, which
 * the server removes when it is not renewed in time. That decides who owns what: an owner whose
 * lease is gone can be followed by another, and the revision shuts it out.
 */
final class Ledger {

  /** The name of the bucket, as {@code nats kv ls} shows it. */
  static final String BUCKET = "eventbus";

  static final String STREAM = "KV_" + BUCKET;

  private static final String SUBJECTS = "$KV." + BUCKET + ".";
  private static final String EXPECTED = "Nats-Expected-Last-Subject-Sequence";
  private static final String TTL = "Nats-TTL";
  private static final String OPERATION = "KV-Operation";
  private static final String OWNER = "Eventbus-Owner";
  private static final String SEEN = "Eventbus-Seen";

  private final ServerCalls calls;

  Ledger(ServerCalls calls) {
    this.calls = calls;
  }

  /**
   * What is written down of a lane.
   *
   * @param owner the member that owns it; empty when nobody does
   * @param seen the stream's last sequence when the group had settled all of the lane; 0 if unknown
   * @param record the engine's record
   */
  record Page(String owner, long seen, String record) {
    static final Page BLANK = new Page("", 0, "");
  }

  /**
   * A page and where it stands.
   *
   * @param revision the bucket's sequence of the page; 0 when there is none
   */
  record Entry(long revision, Page page) {
    static final Entry NONE = new Entry(0, Page.BLANK);
  }

  /** Another has written since. */
  static final class StaleRevisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleRevisionException(String key) {
      super(key + " has changed since it was read");
    }
  }

  /** The bucket's configuration, which the native tools read as that of a key-value bucket. */
  static String bucket(int replicas, StorageType storage) {
    return StreamConfiguration.builder()
        .name(STREAM)
        .description("Owners, records and leases of the Coze EventBus")
        .subjects(SUBJECTS + ">")
        .maxMessagesPerSubject(1)
        .discardPolicy(DiscardPolicy.New)
        .allowRollup(true)
        .denyDelete(true)
        .allowDirect(true)
        .allowMessageTtl(true)
        .storageType(storage)
        .replicas(replicas)
        .build()
        .toJson();
  }

  /** The lane's entry, from the leader of the bucket. */
  CompletableFuture<Entry> read(String key) {
    return calls.lastMessage(STREAM, SUBJECTS + key).handle((message, failure) -> {
      if (failure == null) {
        return message.header(OPERATION).isEmpty() ? entry(message) : absent(message);
      }
      Throwable cause = ServerCalls.cause(failure);
      if (cause instanceof ServerRefusal refusal
          && refusal.code() == ServerRefusal.MESSAGE_NOT_FOUND) {
        return Entry.NONE;
      }
      throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    });
  }

  private static Entry absent(StoredMessage marker) {
    return new Entry(marker.sequence(), Page.BLANK);
  }

  private static Entry entry(StoredMessage message) {
    String seen = message.header(SEEN);
    var page = new Page(
        message.header(OWNER),
        seen.isEmpty() ? 0 : Long.parseLong(seen),
        new String(message.data(), StandardCharsets.US_ASCII));
    return new Entry(message.sequence(), page);
  }

  /** Whether a member's lease has not ended. */
  CompletableFuture<Boolean> lives(String memberKey) {
    return read(memberKey).thenApply(entry -> !entry.page().owner().isEmpty());
  }

  /**
   * Writes a page over the expected revision; the future has the new one, or fails with {@link
   * StaleRevisionException} when another member has written. A lost answer to an earlier write of
   * the same member is no such case: as long as it is the owner, nobody else has written.
   */
  CompletableFuture<Long> write(String key, long expected, String member, Page page) {
    return put(key, headers(expected, page), page.record(), ServerCalls.LIMIT)
        .exceptionallyCompose(failure -> {
          Throwable cause = ServerCalls.cause(failure);
          return isStale(cause)
              ? read(key).thenCompose(found -> writeAgain(key, found, member, page))
              : CompletableFuture.failedFuture(cause);
        });
  }

  private CompletableFuture<Long> writeAgain(String key, Entry found, String member, Page page) {
    if (found.page().equals(page)) {
      return CompletableFuture.completedFuture(found.revision());
    }
    return found.page().owner().equals(member)
        ? write(key, found.revision(), member, page)
        : CompletableFuture.failedFuture(new StaleRevisionException(key));
  }

  /** Starts or renews a member's lease; fails with {@link StaleRevisionException} when it ended. */
  CompletableFuture<Long> renew(
      String memberKey, long expected, String member, Duration lease, Duration limit) {
    Headers headers = headers(expected, new Page(member, 0, ""));
    headers.put(TTL, duration(lease));
    return put(memberKey, headers, "", limit).exceptionallyCompose(failure -> {
      Throwable cause = ServerCalls.cause(failure);
      return CompletableFuture.failedFuture(
          isStale(cause) ? new StaleRevisionException(memberKey) : cause);
    });
  }

  /** Removes a key; its marker goes by itself. */
  CompletableFuture<Long> remove(String key) {
    var headers = new Headers();
    headers.put(OPERATION, "PURGE");
    headers.put("Nats-Rollup", "sub");
    headers.put(TTL, "1s");
    return put(key, headers, "", ServerCalls.LIMIT);
  }

  private static Headers headers(long expected, Page page) {
    var headers = new Headers();
    headers.put(EXPECTED, Long.toString(expected));
    headers.put(OWNER, page.owner());
    if (page.seen() > 0) {
      headers.put(SEEN, Long.toString(page.seen()));
    }
    return headers;
  }

  private CompletableFuture<Long> put(String key, Headers headers, String text, Duration limit) {
    return calls
        .request(SUBJECTS + key, headers, text.getBytes(StandardCharsets.US_ASCII), limit)
        .thenApply(Ledger::sequence);
  }

  private static long sequence(Message answer) {
    try {
      return new PublishAck(answer).getSeqno();
    } catch (io.nats.client.JetStreamApiException e) {
      throw new ServerRefusal(e.getApiErrorCode(), e.getErrorDescription());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean isStale(Throwable cause) {
    return cause instanceof ServerRefusal refusal
        && refusal.code() == ServerRefusal.WRONG_LAST_SEQUENCE;
  }

  private static String duration(Duration lease) {
    return String.format(Locale.ROOT, "%dms", Math.max(1000, lease.toMillis()));
  }
}
